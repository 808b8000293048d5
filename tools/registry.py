#!/usr/bin/env python3
"""Writes the registry of relations from the files of src/model/*/: registry.py OUT FILE...

Each file holds one relation and bears its name, so a new relation is a new
file and nothing else. Those of state/ are in a registry of their own.
"""
import os
import re
import sys

out, files = sys.argv[1], sys.argv[2:]
names = sorted(os.path.splitext(os.path.basename(f))[0] for f in files)
for path in files:
    name = os.path.splitext(os.path.basename(path))[0]
    text = open(path, encoding='utf-8').read()
    if not re.search(r'^(RELATION|RECORD)\(%s, ' % name, text, re.M):
        sys.exit(f'{path}: defines no relation of that name')
if len(set(names)) != len(names):
    sys.exit('two files define the same relation')
state = {os.path.splitext(os.path.basename(f))[0] for f in files if os.path.basename(os.path.dirname(f)) == 'state'}
with open(out, 'w', encoding='utf-8') as f:
    f.write('#include "model/model.h"\n\n')
    f.writelines(f'extern const relation relation_{n};\n' for n in names)
    for array, kept in (('relations', set(names) - state), ('state_relations', state)):
        f.write(f'\nconst relation *const {array}[] = {{\n')
        f.writelines(f'    &relation_{n},\n' for n in sorted(kept))
        f.write(f'}};\nconst size_t n_{array} = COUNT({array});\n')
