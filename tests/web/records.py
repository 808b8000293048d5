#!/usr/bin/env python3
"""records.py ATTEST SIGN_IN - the pages of every type of record, over HTTP from a real `attest serve`.

Asks for the list, the form of a new record, and of one record each the page, its history and its form; every page is
checked by tidy and names what is hostile as text. Then what people do: faults beside fields, two at once, many at once,
files in and out. Prints each fault and ends with 1 when there is any.
"""
import html
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

ATTEST, SIGN_IN = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HOSTILE = '<script>alert(1)</script>"\'&lt;'
faults, seen = [], {'pages': 0}
# What HTML allows and this tidy does not know.
KNOWN = re.compile(r'proprietary attribute "(autofocus|inert|popover|inputmode|aria-[a-z]+)"|trimming empty|<table> lacks "summary"')


def check(ok, what):
    if not ok:
        faults.append(what)
    return ok


def cli(*args, ok=True, text=None):
    done = subprocess.run([ATTEST, '--workspace', work, *args], capture_output=True, text=True, input=text)
    if ok and done.returncode:
        sys.exit(f'attest {" ".join(args)}: {done.stderr}')
    return done.stdout


class Answer:
    def __init__(self, reply):
        self.status, self.headers, self.bytes = reply.status, reply.headers, reply.read()
        self.text = self.bytes.decode('utf-8', 'replace')
        self.where = reply.headers.get('Location') or ''
        self.csp = ', '.join(reply.headers.get_all('Content-Security-Policy') or [])


class Person:
    """Somebody signed in, on one connection that stays."""

    def __init__(self, who):
        self.who = who
        self.cookie = subprocess.run([SIGN_IN, work, who], capture_output=True, text=True, check=True).stdout.split()[1]
        self.link = http.client.HTTPConnection('localhost', port, timeout=30)
        self.csrf = None

    def send(self, method, path, body=None, headers=None):
        self.link.request(method, path, body, {'Cookie': f'__Host-attest={self.cookie}', **(headers or {})})
        return Answer(self.link.getresponse())

    def get(self, path):
        return self.send('GET', path)

    def form(self, path):
        """The page, with the word of the session taken out of its first form."""
        got = self.get(path)
        m = re.search(r'name="csrf" value="([^"]+)"', got.text)
        self.csrf = m.group(1) if m else self.csrf
        return got

    def post(self, path, pairs):
        if not self.csrf:
            self.form('/task')
        if isinstance(pairs, dict):
            pairs = list(pairs.items())
        return self.send('POST', path, urllib.parse.urlencode([('csrf', self.csrf), *pairs]),
                         {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': f'http://localhost:{port}', 'Sec-Fetch-Site': 'same-origin'})

    def upload(self, path, pairs, name, content):
        mark = 'x9f3a1'
        body = b''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in [('csrf', self.csrf), *pairs.items()])
        body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
        body += content + f'\r\n--{mark}--\r\n'.encode()
        return self.send('POST', path, body, {'Content-Type': f'multipart/form-data; boundary={mark}', 'Origin': f'http://localhost:{port}'})


def sound(got, what, status=200):
    """The status that is due, HTML that tidy takes, and nothing hostile in it as markup."""
    seen['pages'] += 1
    if not check(got.status == status, f'{what}: {got.status}: {" ".join(re.sub("<[^>]+>", " ", got.text).split())[-200:]}'):
        return got
    page = os.path.join(scratch, 'page.html')
    with open(page, 'wb') as f:
        f.write(got.bytes)
    told = subprocess.run(['tidy', '-q', '-e', page], capture_output=True, text=True).stderr.split('\n')
    for line in [x for x in told if x and not KNOWN.search(x)][:3]:
        check(False, f'{what}: tidy: {line}')
    check('<script>alert' not in got.text, f'{what}: something hostile is markup')
    check(len(re.findall(r'<h1', got.text)) == 1, f'{what}: not one h1')
    return got


# ---- every type ---------------------------------------------------------------------------------

def walk(owner, types):
    for name in types:
        page = sound(owner.get(f'/{name}'), f'/{name}')
        sound(owner.get(f'/{name}/new'), f'/{name}/new')
        sound(owner.get(f'/{name}/import'), f'/{name}/import')
        sound(owner.get(f'/{name}?as-of=2000-01-01'), f'/{name} long ago')
        first = re.search(rf'<a href="(/{name}/[^"?/]+)">', page.text.partition('<tbody>')[2])
        if not first:
            check('class="empty"' in page.text, f'/{name}: neither records nor words of what belongs here')
            continue
        path = html.unescape(first.group(1))
        shown = sound(owner.get(path), path)
        sound(owner.get(path + '/history'), path + '/history')
        sound(owner.get(path + '/attach'), path + '/attach')
        if f'{path}/edit"' in shown.text:
            sound(owner.get(path + '/edit'), path + '/edit')
        else:
            check(owner.get(path + '/edit').status == 403, f'{path}/edit: offered nowhere, and answers')
        for step in set(re.findall(rf'"({re.escape(path)}/do/[a-z_]+)"', shown.text)):
            sound(owner.get(step), step)


# ---- what people do ---------------------------------------------------------------------------------

def adding(owner):
    got = sound(owner.form('/risk/new?title=From+a+link'), '/risk/new from a link')
    check('value="From a link"' in got.text, 'new: a link does not fill the form in')
    got = sound(owner.post('/risk', {'title': '', 'likelihood': '9', 'owner': 'nobody.at.all', 'treatment_due_at': 'soon', 'category': HOSTILE}), 'a risk that is wrong', 422)
    for name in ('title', 'likelihood', 'owner', 'treatment_due_at'):
        check(f'id="e-{name}"' in got.text, f'add: the fault of {name} is not told beside it')
    check(html.escape(HOSTILE).replace('&#x27;', '&#39;') in got.text or html.escape(HOSTILE) in got.text, 'add: what was typed is lost')
    check('value="soon"' in got.text, 'add: a day that is none is lost')
    got = owner.post('/risk', {'title': HOSTILE, 'likelihood': '2', 'impact': '3', 'owner': owner.who, 'treatment_due_at': '2030-05-01', 'treatment_due_at.time': '14:05',
                               'description': 'one\r\ntwo', 'commit-reason': 'found in the test'})
    check(got.status == 303 and got.where.startswith('/risk/RISK-'), f'add: {got.status} {got.where}')
    path = got.where.split('?')[0]
    shown = sound(owner.get(path), path)
    check('&lt;script&gt;alert(1)' in shown.text and '1 May 2030, 14:05 UTC' in shown.text, 'show: the title or the moment is not as it was given')
    row = json.loads(cli('risk', 'show', path.split('/')[2], '--json'))
    check(row['fields']['description'] == 'one\ntwo' and row['fields']['inherent_score'] == 6, f'add: kept {row["fields"]}')
    check('found in the test' in sound(owner.get(path + '/history'), 'its history').text, 'history: the reason is not told')
    return path


def editing(owner, path):
    page = sound(owner.form(path + '/edit'), path + '/edit')
    version = re.search(r'name="version-read" value="(\d+)"', page.text).group(1)
    sent = {'version-read': version, 'title': HOSTILE, 'description': 'one\r\ntwo', 'likelihood': '2', 'impact': '3', 'owner': owner.who,
            'treatment_due_at': '2030-05-01', 'treatment_due_at.time': '14:05', 'fraud': 'false', 'change': 'false'}
    got = owner.post(path + '/edit', sent)
    check(got.status == 303 and got.where.endswith('done=same'), f'edit: what is the same is kept anew: {got.status} {got.where}')
    cli('risk', 'edit', path.split('/')[2], 'impact=5', 'category=other')
    got = sound(owner.post(path + '/edit', {**sent, 'impact': '4', 'plan': 'mine'}), 'two at once', 409)
    check('value="5"' in got.text and 'value="4" checked' in got.text, 'conflict: both sides are not told')
    check('name="plan" value="mine"' in got.text, 'conflict: what only I changed is lost')
    newer = re.search(r'name="version-read" value="(\d+)"', got.text).group(1)
    got = owner.post(path + '/edit', {'version-read': newer, 'impact': '4', 'plan': 'mine'})
    check(got.status == 303, f'conflict: what was chosen is not kept: {got.status}')
    row = json.loads(cli('risk', 'show', path.split('/')[2], '--json'))['fields']
    check((row['impact'], row['plan'], row['category']) == (4, 'mine', 'other'), f'conflict: kept {row}')


def stepping(owner, path):
    got = sound(owner.post(path + '/do/treat', {}), 'a step from the wrong state', 403)
    check('it is identified' in got.text, 'do: the rule that refused is not named')
    check(owner.post(path + '/do/assess', {'likelihood': '2', 'impact': '3', 'owner': owner.who}).status == 303, 'do: assess is refused')
    got = sound(owner.post(path + '/do/close', {'close_reason': ''}), 'a step without its field', 403)
    check('id="e-close_reason"' in got.text or 'id="e-owner"' in got.text or 'separation of duties' in got.text, 'do: the fault is told nowhere')
    check(owner.get(path + '/do/fly').status == 404, 'do: a step that is none')


def many(owner):
    ids = [owner.post('/risk', {'title': f'Many {i}', 'likelihood': '2', 'impact': '2', 'owner': owner.who}).where.split('?')[0].split('/')[2] for i in range(3)]
    ticked = [('id', i) for i in ids]
    sound(owner.get('/risk/bulk?do=set.category&' + urllib.parse.urlencode(ticked)), 'many: a field')
    check(owner.post('/risk/bulk', [('do', 'set.category'), *ticked, ('category', 'all of them')]).status == 303, 'many: a field is refused')
    listed = json.loads(cli('risk', 'list', '--where', 'category=all of them', '--json'))
    check(listed['total'] == 3, f'many: {listed["total"]} of 3 changed')
    owner.post(f'/risk/{ids[0]}/do/assess', {})
    got = sound(owner.post('/risk/bulk', [('do', 'do.treat'), *ticked, ('treatment', 'avoid'), ('plan', 'p'), ('residual_likelihood', '1'), ('residual_impact', '1')]), 'many: one refuses', 403)
    check(ids[1] in got.text, 'many: which one refuses is not told')
    check(json.loads(cli('risk', 'show', ids[0], '--json'))['fields']['state'] == 'assessed', 'many: one was moved though another refused')
    sound(owner.get('/risk/bulk?do=do.assess'), 'many: nothing ticked', 422)
    return ids


def about(owner, path, others):
    check(owner.post(path + '/comment', {'body': HOSTILE + '\nsecond line'}).status == 303, 'comment: refused')
    check(owner.post(path + '/link', {'meaning': 'belongs to', 'object': f'risk/{others[0]}'}).status == 303, 'link: refused')
    got = sound(owner.get(path), 'with comment and link')
    check('second line' in got.text and f'href="/risk/{others[0]}"' in got.text, 'show: comment or link is missing')
    sound(owner.post(path + '/comment', {'body': ''}), 'an empty comment', 422)


def evidence(owner, member, path):
    form = sound(owner.form(path + '/attach'), 'the form for evidence')
    check('multipart/form-data' in form.text, 'attach: the form cannot carry a file')
    got = sound(owner.upload(path + '/attach', {}, 'report.pdf', b'MZ\x90\0\3' + b'\0' * 400), 'a program named .pdf', 422)
    check('Windows program' in got.text and 'id="e-file"' in got.text, 'attach: why the file is refused is not told')
    sound(owner.upload(path + '/attach', {'statement': ''}, '', b''), 'neither file nor statement', 422)
    name = 'Übersicht "1".pdf'.replace('"', '%22')
    got = owner.upload(path + '/attach', {'title': 'The report', 'effective_from': '2026-01-02'}, name, b'%PDF-1.4\n% a report\n')
    check(got.status == 303, f'attach: refused: {got.status}')
    found = re.search(r'href="(/evidence/EV-\d+)">The report', owner.get(path).text)
    if not check(found, 'attach: the record does not show it'):
        return
    check('/file"' in sound(owner.get(found.group(1)), 'the evidence').text, 'evidence: its file is not offered')
    before = cli('sql', "SELECT count(*) AS n FROM access_event WHERE kind = 'evidence_read'").split()[1]
    got = owner.get(found.group(1) + '/file')
    check(got.bytes == b'%PDF-1.4\n% a report\n', 'file: other bytes than were given')
    given = got.headers['Content-Disposition']
    check(given.startswith('attachment; filename="') and "filename*=UTF-8''%C3%9Cbersicht" in given and given.isascii(), f'file: {given}')
    check(got.headers['Content-Type'] == 'application/pdf' and got.headers['X-Content-Type-Options'] == 'nosniff' and 'sandbox' in got.csp,
          f'file: headers {got.headers.items()}')
    after = cli('sql', "SELECT count(*) AS n FROM access_event WHERE kind = 'evidence_read'").split()[1]
    check(int(after) == int(before) + 1, f'file: the reading is not recorded: {before} then {after}')
    check(member.get(found.group(1) + '/file').status == 403, 'file: a member reads evidence')
    page = owner.upload(path + '/attach', {'title': 'A page'}, 'page.html', b'<!DOCTYPE html><script>alert(1)</script>')
    if page.status == 303:
        link = re.search(r'href="(/evidence/EV-\d+)">A page', owner.get(path).text).group(1)
        check(owner.get(link + '/file').headers['Content-Type'] == 'application/octet-stream', 'file: a page is given as a page')


def files(owner):
    wrong = b'title,likelihood,owner\nFrom a file,7,nobody.here\n' + HOSTILE.encode() + b',2,\n'
    sound(owner.form('/risk/import'), 'the form for a file')
    got = sound(owner.upload('/risk/import', {'what': 'check'}, 'risks.csv', wrong), 'a file that is wrong', 422)
    told = re.findall(r'<tr><td class="num">\s*(.*?)\s*</td><td>(.*?)</td><td>(.*?)</td>', got.text, re.S)
    check([(a, b) for a, b, _ in told] == [('2', 'likelihood'), ('2', 'owner'), ('3', '')], f'import: line and field of a fault are not told: {told}')
    right = 'id,title,likelihood\n,From a file,3\n,"Zweite, mit Umlaut ü",2\n'.encode()
    total = json.loads(cli('risk', 'list', '--json'))['total']
    got = sound(owner.upload('/risk/import', {'what': 'check'}, 'risks.csv', right), 'a file that is right')
    check(json.loads(cli('risk', 'list', '--json'))['total'] == total, 'import: a check kept something')
    carried = dict(re.findall(r'name="(carried|carried-name)" value="([^"]*)"', got.text))
    got = sound(owner.post('/risk/import', {'what': 'keep', **{k: html.unescape(v) for k, v in carried.items()}}), 'kept')
    check(json.loads(cli('risk', 'list', '--json'))['total'] == total + 2, 'import: what was checked is not kept')
    sound(owner.upload('/risk/import', {'what': 'check'}, '', b''), 'no file', 422)
    sound(owner.upload('/risk/import', {'what': 'keep'}, 'risks.json', b'[{"title": "From JSON", "likelihood": 2}]'), 'JSON')
    check(json.loads(cli('risk', 'list', '--where', 'title=From JSON', '--json'))['total'] == 1, 'import: JSON is not kept')
    sound(owner.upload('/risk/import', {'what': 'keep'}, 'risks.json', b'[{"title": "From JSON", }]'), 'JSON that is none', 422)
    got = owner.get('/risk/export.csv?title.has=umlaut')
    check(got.status == 200 and 'Zweite, mit Umlaut ü' in got.text and got.text.count('\n') == 2, f'export: {got.text[:200]}')
    check(got.headers['Content-Disposition'].startswith('attachment') and 'sandbox' in got.csp, 'export: it could be shown as a page')
    check(len(json.loads(owner.get('/risk/export.json?title.has=umlaut').text)) == 1, 'export: JSON')
    people = b'Number,name,starts_at\nno.such.person,New Person,2020-01-01\n'
    sound(owner.get('/person/sync'), 'the form for people')
    got = sound(owner.upload('/person/sync', {'what': 'check', 'maps': 'id=Number', 'leavers': 'mark'}, 'hr.csv', people), 'everybody leaves', 422)
    check('more than a fifth' in got.text, 'sync: a file of one would let everybody leave')
    got = sound(owner.upload('/person/sync', {'what': 'check', 'maps': 'id=Number', 'leavers': 'report'}, 'hr.csv', people), 'one joins')
    check('joins' in got.text and 'Keep it' in got.text, 'sync: who joins is not told')


def lists(owner):
    for query, status in (('state=open', 422), ('state=identified', 200), ('title.has=%25', 200), ('where=impact%3E3', 200), ('nothing=1', 422), ('owner=%3F', 200),
                          ('sort=-inherent_score', 200), ('sort=nothing', 422), ('page=0', 422), ('page=9', 200), ('treatment_due_at.after=2020-01-01', 200)):
        got = sound(owner.get('/risk?' + query), '/risk?' + query, status) if status == 200 else owner.get('/risk?' + query)
        check(got.status == status, f'/risk?{query}: {got.status}, not {status}')
    for i in range(31):
        cli('risk', 'add', f'title=Page {i}', 'category=paged')
    got = sound(owner.get('/risk?category=paged&sort=-title'), 'a list that is filtered')
    check('<strong>31</strong>' in got.text and 'aria-sort="descending"' in got.text, 'list: total or sort is not told')
    got = owner.get('/risk')
    total = int(re.search(r'<strong>(\d+)</strong> risks', got.text).group(1))
    check(got.text.count('<tr>') == min(total, 50) + 1, 'list: more or less than 50 a page')
    if total > 50:
        check('rel="next"' in got.text and owner.get('/risk?page=2').text.count('<tr>') == min(total - 50, 50) + 1, 'list: the second page')


def rules(owner, member, auditor):
    check(member.get('/risk').status == 403, 'rules: a member reads risks')
    check(member.get('/policy').status == 200 and 'Add a policy' not in member.get('/policy').text, 'rules: a member is offered to add policies')
    got = member.post('/risk', {'title': 'x'})
    check(got.status == 403 and 'contributor or above' in got.text, f'rules: a member adds a risk: {got.status}')
    check('name="do"' not in auditor.get('/risk').text and 'Add a' not in auditor.get('/risk').text, 'rules: an auditor is offered to change things')
    check(auditor.post('/risk', {'title': 'x'}).status == 403, 'rules: an auditor adds a risk')
    theirs = json.loads(cli('task', 'list', '--where', f'owner!={member.who}', '--json'))['records'][0]['id']
    check(member.get(f'/task/{theirs}').status == 403, "rules: a member reads somebody else's task")
    check(member.post(f'/task/{theirs}/comment', {'body': 'hello'}).status == 403, "rules: a member comments on somebody else's task")
    check(owner.send('POST', '/risk', 'title=x', {'Content-Type': 'application/x-www-form-urlencoded'}).status == 403, 'rules: a form without its word is taken')
    past = owner.get('/risk?as-of=' + time.strftime('%Y-%m-%d', time.gmtime(time.time() - 86400 * 20)))
    check(past.status == 200 and 'name="do"' not in past.text and 'Add a risk' not in past.text, 'rules: something to do in the past')
    odd = 'github/odd~id'
    done = cli('account_owner', 'add', odd, f'person={owner.who}', ok=False)
    if done:
        got = owner.get('/account_owner/github~2Fodd~7Eid')
        check(got.status == 200 and 'github/odd~id' in got.text, f'an id with a slash: {got.status}')


def main():
    owner, member, auditor = (Person(people[r]) for r in ('owner', 'member', 'auditor'))
    types = re.findall(r'<th scope="row"><a href="/([a-z_]+)">', sound(owner.form('/registers'), '/registers').text)
    check(len(types) >= 82, f'{len(types)} types, fewer than there are')
    member.form('/task')
    auditor.form('/risk')
    path = adding(owner)
    editing(owner, path)
    stepping(owner, path)
    others = many(owner)
    about(owner, path, others)
    evidence(owner, member, path)
    files(owner)
    lists(owner)
    rules(owner, member, auditor)
    walk(owner, types)


with tempfile.TemporaryDirectory() as scratch:
    work = os.path.join(scratch, 'demo')
    subprocess.run([ATTEST, 'demo', work, '--people', '24', '--hosts', '4', '--months', '3'], capture_output=True, check=True)
    cli('person', 'add', 'audrey.ledger', 'name=Audrey Ledger', 'email=audrey@example.org', 'permission=auditor')
    opened = cli('engagement', 'add', 'title=SOC 2 type 2', 'kind=type_2', 'period_from=2026-01-01', 'period_to=2100-01-01').strip()
    cli('engagement', 'do', 'open', opened)
    cli('engagement_member', 'add', f'engagement={opened}', 'person=audrey.ledger')
    people = {'auditor': 'audrey.ledger'}
    for right in ('owner', 'member'):
        rows = cli('sql', f"SELECT id FROM person WHERE permission = '{right}' AND state = 'active' ORDER BY id").split('\n')
        people[right] = rows[1].strip()
    server = subprocess.Popen([ATTEST, 'serve', '--workspace', work, '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r':(\d+)/', server.stdout.readline()).group(1))
        main()
    except Exception:
        print('\n'.join(faults))
        raise
    finally:
        server.terminate()
        said = server.communicate(timeout=20)[1]
        check(not said, f'the server said: {said[:2000]}')
print('\n'.join(faults) or f'{seen["pages"]} pages are sound')
sys.exit(1 if faults else 0)
