#!/usr/bin/env python3
"""Named SQL for C: queries.py out.h out.c file.sql...

A line "-- name: x" begins query x, "-- name: x [pgsql]" its form for
PostgreSQL; other comment lines are left out.  out.h gets an enum with Q_X for
each, out.c the texts.  What has a [pgsql] form only exists on PostgreSQL only.
"""
import re
import sys

out_h, out_c, *files = sys.argv[1:]
queries = {}
for path in files:
    current = None
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        m = re.match(r'-- name: ([a-z][a-z0-9_]*)( \[pgsql\])?\s*$', line)
        if m:
            current = (m.group(1), 'pgsql' if m.group(2) else 'sqlite')
            if current in queries:
                sys.exit(f'{path}:{number}: {current[0]} stands twice')
            queries[current] = []
        elif line.startswith('-- name'):
            sys.exit(f'{path}:{number}: not the form "-- name: x" or "-- name: x [pgsql]"')
        elif not line.startswith('--') and current:
            queries[current].append(line.rstrip())

names = sorted({name for name, _ in queries})


def literal(name, dialect):
    text = '\n'.join(queries[(name, dialect)]).strip()
    if not text:
        sys.exit(f'{name}: is empty')
    lines = text.replace('\\', '\\\\').replace('"', '\\"').split('\n')
    return '\n        '.join(f'"{line}\\n"' for line in lines)


with open(out_h, 'w', encoding='utf-8') as f:
    f.write('/* Made by tools/queries.py from sql/; do not edit. */\n#ifndef STORE_QUERIES_H\n#define STORE_QUERIES_H\n\n'
            '#include "base/base.h"\n\ntypedef enum {\n')
    f.writelines(f'    Q_{name.upper()},\n' for name in names)
    f.write('    Q_COUNT_\n} query_id;\n\n'
            '/* pgsql is NULL where both engines take the same text, sqlite where only PostgreSQL needs one. */\n'
            'typedef struct {\n    const char *name, *sqlite, *pgsql;\n} query_text;\n\n'
            'extern const query_text query_texts[Q_COUNT_];\n\n#endif\n')
with open(out_c, 'w', encoding='utf-8') as f:
    f.write('/* Made by tools/queries.py from sql/; do not edit. */\n#include "queries.h"\n\n'
            'const query_text query_texts[Q_COUNT_] = {\n')
    for name in names:
        texts = ',\n'.join(f'      .{dialect} =\n        {literal(name, dialect)}'
                           for dialect in ('sqlite', 'pgsql') if (name, dialect) in queries)
        f.write(f'    [Q_{name.upper()}] = {{ .name = "{name}",\n{texts} }},\n')
    f.write('};\n')
