#!/usr/bin/env python3
"""Embed files in the binary: embed.py ROOT out.S out.c file...

Uses .incbin, so a megabyte costs milliseconds and lands in .rodata with a NUL
after it.  out.c holds the table of base/base.h: path from ROOT, and bytes,
sorted by path.
"""
import os
import sys

root, out_s, out_c, *files = sys.argv[1:]
paths = sorted((os.path.relpath(f, root).encode(), os.path.abspath(f)) for f in files)
asm = ['.section .rodata']
table = ['/* Made by tools/embed.py; do not edit. */', '#include "base/base.h"', '']
rows = []
for i, (name, path) in enumerate(paths):
    asm.append(f'.balign 16\n.global asset_{i}\nasset_{i}:\n.incbin "{path}"\n.byte 0')
    table.append(f'extern const char asset_{i}[];')
    rows.append(f'    {{ "{name.decode()}", {{ asset_{i}, {os.path.getsize(path)} }} }},')
asm.append('.section .note.GNU-stack,"",@progbits')
table += ['', 'const asset assets[] = {', *rows, '};', 'const size_t n_assets = COUNT(assets);']
with open(out_s, 'w') as f:
    f.write('\n'.join(asm) + '\n')
with open(out_c, 'w') as f:
    f.write('\n'.join(table) + '\n')
