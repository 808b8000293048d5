#!/usr/bin/env python3
"""tour.py ATTEST PAGE: runs every command of the page's console blocks and
compares what it says with the lines shown. `...` skips lines, `[...]` a part of one."""
import os
import re
import subprocess
import sys


def commands(page):
    """(command, lines shown) in order."""
    found, inside = [], False
    for line in open(page, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('```'):
            inside = line == '```console'
        elif inside and line.startswith('$ '):
            found.append((line[2:], []))
        elif inside:
            found[-1][1].append(line)
    return found


def fits(shown, line):
    return re.fullmatch('.*'.join(re.escape(part) for part in shown.split('[...]')), line) is not None


def compare(shown, said):
    """The first line shown that is not there, or None."""
    at, skip = 0, False
    for want in shown:
        if want == '...':
            skip = True
            continue
        while skip and at < len(said) and not fits(want, said[at]):
            at += 1
        if at == len(said) or not fits(want, said[at]):
            return want
        at, skip = at + 1, False
    return None


attest, page = sys.argv[1:]
wrong, run = 0, 0
for command, shown in commands(page):
    words = command.split()
    if words[0] == 'cd':
        os.chdir(words[1])
        continue
    run += 1
    done = subprocess.run([attest] + words[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', check=False)
    missing = compare(shown, [line.rstrip() for line in done.stdout.split('\n')])
    if missing is not None:
        wrong += 1
        print(f'$ {command}\n  the page shows: {missing}\n  but it says:\n' + done.stdout[:3000])
print(f'{run} commands, {wrong} differ')
sys.exit(wrong > 0 or run == 0)
