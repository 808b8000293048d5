#!/usr/bin/env python3
"""docs/asvs.md, as far as a machine can check it.

  numbers   each once, in order, and as many in each chapter as ASVS 5.0.0 has at levels 1 and 2.
  verdicts  one of four words; "met" and "partly" name a file or test that shows it.
  files     everything in backticks exists; `path#words`: the words stand in that file (or one beneath the directory).
  counts    the line at the top is that of the rows.

`asvs.py --write` writes that line.
"""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(TOP, 'docs/asvs.md')
# Requirements of ASVS 5.0.0 at level 1 and at level 2, by chapter.
WANTED = {1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3), 9: (4, 3), 10: (5, 24), 11: (3, 11),
          12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10), 16: (0, 16), 17: (0, 7)}
VERDICTS = ('met', 'partly', 'gap', 'n/a')
ROW = re.compile(r'^\| (\d+)\.(\d+)\.(\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$')
faults = []


def named(number, where):
    count = 0
    for name in re.findall(r'`([^`]+)`', where):
        path, _, words = name.partition('#')
        full = os.path.join(TOP, path)
        if ' ' in path:
            continue                                 # a command
        count += 1
        if not os.path.exists(full):
            faults.append(f'{number}: there is no {path}')
        elif os.path.isdir(full) and not os.listdir(full):
            faults.append(f'{number}: {path} is empty')
        elif words and words not in open(full, encoding='utf-8').read():
            faults.append(f'{number}: {path} has no "{words}"')
    return count


def rows(lines):
    last, found, verdicts = (0, 0, 0), {}, dict.fromkeys(VERDICTS, 0)
    for line in lines:
        m = ROW.match(line)
        if not m:
            if re.match(r'^\| \d', line):
                faults.append(f'no row of five cells: {line[:60]}')
            continue
        number = tuple(int(m[i]) for i in (1, 2, 3))
        text, level, verdict = '.'.join(map(str, number)), int(m[4]), m[6].strip()
        if number <= last:
            faults.append(f'{text}: stands twice or out of order')
        last = number
        found.setdefault(number[0], [0, 0])[level - 1] += 1
        if verdict not in VERDICTS:
            faults.append(f'{text}: "{verdict}" is none of {", ".join(VERDICTS)}')
            continue
        verdicts[verdict] += 1
        if not named(text, m[7]) and verdict in ('met', 'partly'):
            faults.append(f'{text}: {verdict}, and nothing is named that shows it')
    for chapter, wanted in WANTED.items():
        if tuple(found.get(chapter, (0, 0))) != wanted:
            faults.append(f'V{chapter}: {found.get(chapter)} requirements of level 1 and 2; the standard has {wanted}')
    return verdicts


lines = open(PAGE, encoding='utf-8').read().split('\n')
v = rows(lines)
count = f'{sum(v.values())} requirements: {v["met"]} met, {v["partly"]} partly, {v["gap"]} gaps, {v["n/a"]} not applicable.'
places = [i for i, line in enumerate(lines) if line == 'COUNTS' or re.match(r'^\d+ requirements: ', line)]
if '--write' in sys.argv and len(places) == 1:
    lines[places[0]] = count
    open(PAGE, 'w', encoding='utf-8').write('\n'.join(lines))
elif len(places) != 1 or lines[places[0]] != count:
    faults.append(f'the counts are: {count} (asvs.py --write)')
print('\n'.join(faults) or f'asvs: {count}')
sys.exit(bool(faults))
