#!/usr/bin/env python3
"""The rooms of src/ keep to tools/rooms.txt.

Fails when an #include crosses rooms against the table, when the allowed edges
form a loop, when a room is entered by another header than its door room/room.h,
or when a directory of src/ is not in the table.
"""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SRC = os.path.join(TOP, 'src')
allowed, faults, done = {}, [], set()

for line in open(os.path.join(TOP, 'tools/rooms.txt'), encoding='utf-8'):
    if line.strip() and not line.startswith('#'):
        room, rest = line.split(':')
        allowed[room] = rest.split()


def visit(room, trail):
    if room in trail:
        faults.append('loop: ' + ' -> '.join(trail + [room]))
    elif room not in done:
        for other in allowed.get(room, []):
            visit(other, trail + [room])
        done.add(room)


def check(room, path):
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        m = re.match(r'\s*#\s*include\s+"([^"/]+)/([^"]+)"', line)
        if not m or m.group(1) == room:
            continue
        other, header = m.groups()
        where = f'{os.path.relpath(path, TOP)}:{number}'
        if other not in allowed:
            faults.append(f'{where}: there is no room {other}')
        elif other not in allowed[room]:
            faults.append(f'{where}: {room} may not include {other}')
        elif header != other + '.h' and other != 'base':
            faults.append(f'{where}: {other}/{header} is private to its room')


for room in allowed:
    visit(room, [])
for name in sorted(os.listdir(SRC)):
    path = os.path.join(SRC, name)
    if os.path.isdir(path):
        if name not in allowed:
            faults.append(f'src/{name}: not in tools/rooms.txt')
            continue
        for at, _, names in os.walk(path):
            for leaf in names:
                if leaf.endswith(('.c', '.h')):
                    check(name, os.path.join(at, leaf))
    elif name.endswith('.c'):
        check('main', path)
print('\n'.join(faults) or f'rooms: {len(allowed)} rooms, no wrong door')
sys.exit(bool(faults))
