#!/usr/bin/env python3
"""Embed files in the binary: embed.py ROOT out.S out.c file...

Uses .incbin, so a megabyte costs milliseconds and lands in .rodata with a NUL
after it.  out.c holds the table of base/base.h: path from ROOT, and bytes,
sorted by path.  What browsers ask for, assets/, also comes compressed, where
that is smaller, and with the beginning of its SHA-256.
"""
import gzip
import hashlib
import os
import subprocess
import sys

root, out_s, out_c, *files = sys.argv[1:]
paths = sorted((os.path.relpath(f, root).encode(), os.path.abspath(f)) for f in files)
asm = ['.section .rodata']
table = ['/* Made by tools/embed.py; do not edit. */', '#include "base/base.h"', '']
rows = []


def packed(symbol, data, smaller_than):
    """The initialiser of a str for compressed bytes; nothing when they save nothing."""
    if len(data) >= smaller_than:
        return '{ 0, 0 }'
    asm.append(f'.balign 16\n.global {symbol}\n{symbol}:')
    asm.extend('.byte ' + ','.join(map(str, data[k:k + 32])) for k in range(0, len(data), 32))
    table.append(f'extern const char {symbol}[];')
    return f'{{ {symbol}, {len(data)} }}'


for i, (name, path) in enumerate(paths):
    asm.append(f'.balign 16\n.global asset_{i}\nasset_{i}:\n.incbin "{path}"\n.byte 0')
    table.append(f'extern const char asset_{i}[];')
    n, more = os.path.getsize(path), '{ 0, 0 }, { 0, 0 }, 0'
    if name.startswith(b'assets/'):
        with open(path, 'rb') as f:
            data = f.read()
        zstd = subprocess.run(['zstd', '-19', '--single-thread', '-q', '-c'], input=data, capture_output=True, check=True).stdout
        more = ', '.join((packed(f'asset_{i}_gzip', gzip.compress(data, 9, mtime=0), n), packed(f'asset_{i}_zstd', zstd, n),
                          f'"{hashlib.sha256(data).hexdigest()[:16]}"'))
    rows.append(f'    {{ "{name.decode()}", {{ asset_{i}, {n} }}, {more} }},')
asm.append('.section .note.GNU-stack,"",@progbits')
table += ['', 'const asset assets[] = {', *rows, '};', 'const size_t n_assets = COUNT(assets);']
with open(out_s, 'w') as f:
    f.write('\n'.join(asm) + '\n')
with open(out_c, 'w') as f:
    f.write('\n'.join(table) + '\n')
