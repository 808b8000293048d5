#!/usr/bin/env python3
"""House rules that no compiler checks, as a test.

  file    at most 600 lines, function at most 60: ratchets. What is over stands
          in tools/tidy-over.txt with its present size and may only shrink.
  sql     SQL text stands in sql/ and content/ only.
  libc    calls that go wrong quietly (base/banned.h has the rest).
  text    no tabs, no blanks at line ends, one newline at the end, UTF-8.
  words   marks that promise instead of doing; paths of somebody's machine.

`tidy.py --write` rewrites tools/tidy-over.txt after something shrank.
"""
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OVER = os.path.join(TOP, 'tools/tidy-over.txt')
FILE_MAX, FUNCTION_MAX = 600, 60
SQL = re.compile(r'"\s*(SELECT\s+\S|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|VIEW|INDEX|TEMP|UNIQUE|SCHEMA)'
                 r'|DROP\s+(TABLE|VIEW)|ALTER\s+TABLE|BEGIN\s+IMMEDIATE|PRAGMA\s|COPY\s+\w+\s+FROM)', re.I)
BANNED = re.compile(r'(?<![\w>.])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|strtok|localtime'
                    r'|gmtime|ctime|asctime|tmpnam|mktemp|system|popen|alloca|setjmp|longjmp|rand|srand|vfork)\s*\(')
PROMISE = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b')
MACHINE = re.compile(r'/wor' r'k/|/far' r'm/')
faults, sizes = [], {}


def tracked():
    out = subprocess.run(['git', '-C', TOP, 'ls-files', '-co', '--exclude-standard'], capture_output=True, text=True, check=True)
    return [f for f in out.stdout.split('\n') if f and os.path.isfile(os.path.join(TOP, f))]


def strip_comments(text):
    return re.sub(r'/\*.*?\*/|//[^\n]*', lambda m: re.sub(r'[^\n]', ' ', m.group(0)), text, flags=re.S)


def functions(path, lines):
    """A function body opens with { in column 0 and ends with } in column 0."""
    start, name = None, ''
    for number, line in enumerate(lines, 1):
        if line == '{' and number > 1:
            start = number
            head = lines[number - 2]
            back = number - 2
            while back > 0 and not re.match(r'[A-Za-z_]', lines[back]):
                back -= 1
            m = re.search(r'(\w+)\s*\(', lines[back]) or re.search(r'(\w+)\s*\(', head)
            name = m.group(1) if m else '?'
        elif line == '}' and start:
            if number - start + 1 > FUNCTION_MAX:
                sizes[f'{path}:{name}'] = number - start + 1
            start = None


def check_c(path, text):
    lines = text.split('\n')
    if len(lines) - 1 > FILE_MAX:
        sizes[path] = len(lines) - 1
    functions(path, lines)
    code = strip_comments(text).split('\n')
    for number, line in enumerate(code, 1):
        if path.startswith('src/') and SQL.search(line):
            faults.append(f'{path}:{number}: SQL text belongs in sql/ or content/')
        m = BANNED.search(line)
        if m and path.startswith('src/') and not path.endswith('banned.h'):
            faults.append(f'{path}:{number}: {m.group(1)}() goes wrong quietly; see base/base.h for what to use')


def check_text(path, raw):
    try:
        text = raw.decode('utf-8')
    except UnicodeDecodeError:
        faults.append(f'{path}: not UTF-8')
        return None
    for number, line in enumerate(text.split('\n'), 1):
        where = f'{path}:{number}'
        if line.endswith((' ', '\t', '\r')):
            faults.append(f'{where}: blank at the end of the line')
        if '\t' in line and path.endswith(('.c', '.h', '.py', '.sql')):
            faults.append(f'{where}: tab')
        if PROMISE.search(line) and not path.startswith('content/'):
            faults.append(f'{where}: do it, or leave it out')
        if MACHINE.search(line):
            faults.append(f'{where}: path of a machine')
    if text and not text.endswith('\n'):
        faults.append(f'{path}: no newline at the end')
    return text


def ratchet():
    allowed = {}
    if os.path.exists(OVER):
        for line in open(OVER, encoding='utf-8'):
            if line.strip() and not line.startswith('#'):
                name, size = line.rsplit(None, 1)
                allowed[name] = int(size)
    if '--write' in sys.argv:
        kept = {n: s for n, s in sizes.items() if n in allowed and s <= allowed[n]}
        with open(OVER, 'w', encoding='utf-8') as f:
            f.write('# What is over the limits, and its size: may shrink, never grow, and nothing is added.\n')
            f.writelines(f'{n} {s}\n' for n, s in sorted(kept.items()))
        return
    for name, size in sorted(sizes.items()):
        if name not in allowed:
            what = 'function' if ':' in name else 'file'
            faults.append(f'{name}: a {what} of {size} lines; the limit is {FUNCTION_MAX if ":" in name else FILE_MAX}')
        elif size > allowed[name]:
            faults.append(f'{name}: grew from {allowed[name]} to {size} lines')
    for name, size in sorted(allowed.items()):
        if sizes.get(name, 0) < size:
            faults.append(f'{name}: shrank; run tools/tidy.py --write to keep the gain')


TEXT = ('.c', '.h', '.py', '.sh', '.sql', '.txt', '.tsv', '.md', '.fixtures', '.build', '.js', '.mjs', '.css', '.t', '.html', '.go')
count = 0
for path in tracked():
    if path.startswith('tests/fuzz/corpus/') or not path.endswith(TEXT):
        continue
    count += 1
    raw = open(os.path.join(TOP, path), 'rb').read()
    if path.endswith('.tsv'):
        raw = raw.replace(b'\t', b' ')
    text = check_text(path, raw)
    if text is not None and path.endswith(('.c', '.h')):
        check_c(path, text)
ratchet()
print('\n'.join(faults) or f'tidy: {count} files, nothing to tidy')
sys.exit(bool(faults))
