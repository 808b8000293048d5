#!/usr/bin/env python3
"""Writes the registry of relations from the files of src/model/*/: registry.py OUT FILE...

Each file holds one relation and bears its name, so a new relation is a new
file and nothing else.
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
with open(out, 'w', encoding='utf-8') as f:
    f.write('#include "model/model.h"\n\n')
    f.writelines(f'extern const relation relation_{n};\n' for n in names)
    f.write('\nconst relation *const relations[] = {\n')
    f.writelines(f'    &relation_{n},\n' for n in names)
    f.write('};\nconst size_t n_relations = COUNT(relations);\n')
