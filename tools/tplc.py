#!/usr/bin/env python3
"""Compile an HTML template to a C function: tplc.py IN.html.t OUT.c

A line starting with % is C; only if, else, for, declarations and calls belong
there.  %% view NAME(ARGUMENTS) names the function tpl_NAME, %% include "X.h"
includes.  {{ expr }} prints a value escaped for the place it stands in: text, a
quoted attribute, or a whole href/src/action.  {{ query expr }} percent-encodes.
A value in <script>, <style>, a comment, a tag name, an unquoted attribute, an
on... or style attribute, or inside a URL without `query`, is an error.
"""
import re
import sys

URLS = ('href', 'src', 'action')


class Place:
    """Where in the HTML the next byte stands."""

    def __init__(self):
        self.where, self.tag, self.attr, self.value = 'text', '', '', ''

    def feed(self, text):
        for c in text:
            getattr(self, 'in_' + self.where)(c)

    def in_text(self, c):
        if c == '<':
            self.where, self.tag = 'tag', ''

    def in_tag(self, c):
        if c == '>':
            name = (self.tag.split() or [''])[0].lower()
            self.where, self.value = ('raw' if name in ('script', 'style') else 'text'), ''
        elif c == '"':
            m = re.search(r'([a-zA-Z-]+)=$', self.tag)
            self.where, self.attr, self.value = 'attr', (m.group(1).lower() if m else ''), ''
        else:
            self.tag += c
            if self.tag == '!--':
                self.where, self.value = 'comment', ''

    def in_attr(self, c):
        if c == '"':
            self.where = 'tag'
        else:
            self.value += c

    def in_comment(self, c):
        self.value += c
        if self.value.endswith('-->'):
            self.where = 'text'

    def in_raw(self, c):
        self.value += c
        if re.search(r'</(script|style)>$', self.value, re.I):
            self.where = 'text'

    def escape(self, wanted):
        if self.where == 'text':
            return wanted or 'AT_TEXT'
        if self.where != 'attr' or self.attr.startswith('on') or self.attr == 'style':
            return None
        if self.attr not in URLS:
            return wanted or 'AT_ATTR'
        if self.value == '' and not wanted:
            return 'AT_URL'
        return wanted


def c_string(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'


def compile_template(path):
    signature, includes, body, place, pending = None, [], [], Place(), ''

    def flush():
        nonlocal pending
        if pending:
            body.append(f'    buf_puts(out, S({c_string(pending)}));')
            pending = ''

    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        if line.startswith('%%'):
            word, rest = line[2:].split(None, 1)
            if word == 'view':
                signature = rest.strip()
            elif word == 'include':
                includes.append(rest.strip())
            else:
                sys.exit(f'{path}:{number}: what is %% {word}?')
            continue
        if line.startswith('%'):
            flush()
            body += [f'#line {number} "{path}"', line[1:].rstrip()]
            continue
        for part in re.split(r'(\{\{.*?\}\})', line.lstrip(' ')):
            if not part.startswith('{{'):
                place.feed(part)
                pending += part
                continue
            expression, wanted = part[2:-2].strip(), None
            if expression.startswith('query '):
                expression, wanted = expression[6:].strip(), 'AT_QUERY'
            at = place.escape(wanted)
            if at is None:
                sys.exit(f'{path}:{number}: a value may not stand here ({place.where}): {part}')
            flush()
            body += [f'#line {number} "{path}"', f'    html_put(out, {at}, {expression});']
            place.value += 'x'
    flush()
    m = re.match(r'(\w+)\((.*)\)$', signature or '')
    if not m:
        sys.exit(f'{path}: no "%% view NAME(ARGUMENTS)"')
    name, arguments = m.groups()
    head = [f'/* Made by tools/tplc.py from {path.rsplit("/", 1)[-1]}; do not edit. */', '#include "html/html.h"']
    head += [f'#include {i}' for i in includes]
    head += [f'void tpl_{name}(buf *out, {arguments});', f'void tpl_{name}(buf *out, {arguments})', '{']
    return '\n'.join(head + body + ['}']) + '\n'


if __name__ == '__main__':
    with open(sys.argv[2], 'w', encoding='utf-8') as f:
        f.write(compile_template(sys.argv[1]))
