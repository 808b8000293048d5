#!/usr/bin/env python3
"""deliver.py ATTEST [VERIFIER]: mail and webhooks sent to real servers, as TAP.

Every call is a process of its own, so each step is also a restart. VERIFIER: the
module of the standardwebhooks package, for a second opinion on signatures.
"""
import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from servers import Hook, Smtp, certificate, tls_context

ATTEST = os.path.realpath(sys.argv[1])
VERIFIER = sys.argv[2] if len(sys.argv) > 2 else None
NAME = 'Übung & Söhne'
PASSWORD = 'correct-horse-battery'
SECRETS = ['whsec_' + base64.b64encode(bytes(range(i, i + 32))).decode() for i in (1, 101)]
tests = []


def test(function):
    tests.append(function)
    return function


class Workspace:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix='attest-notify-')
        self.run('init', '.', '--name', NAME, status=0)
        self.secret('password', PASSWORD + '\n')
        self.secret('whsec', SECRETS[0] + '\n')
        with open(self.path('.attest/config'), encoding='utf-8') as f:
            self.plain = f.read()

    def path(self, name):
        return os.path.join(self.dir, name)

    def secret(self, name, text, mode=0o600):
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write(text)
        os.chmod(self.path(name), mode)

    def configure(self, *lines):
        with open(self.path('.attest/config'), 'w', encoding='utf-8') as f:
            f.write(self.plain + '\n'.join(lines) + '\n')

    def mail(self, url, *lines):
        self.configure(f'smtp: {url}', 'mail-from: attest@example.org', *lines)

    def hook(self, url, *lines, options=''):
        self.configure(f'webhook: {url} {self.path("whsec")} {options}'.rstrip(), *lines)

    def start(self, *args, **env):
        return subprocess.Popen([ATTEST, *args], cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                env={**os.environ, 'NO_COLOR': '1', **env})

    def run(self, *args, status=None, **env):
        process = self.start(*args, **env)
        out, err = process.communicate(timeout=120)
        text = (out + err).decode()
        assert 'Sanitizer' not in text, text
        assert status is None or process.returncode == status, f'{args}: exit {process.returncode}: {text}'
        return text

    def rows(self):
        return json.loads(self.run('notify', 'list', '--json', status=0))

    def close(self):
        shutil.rmtree(self.dir)


def certificates(directory):
    good = certificate(directory, 'good', 'DNS:localhost,IP:127.0.0.1')
    elsewhere = certificate(directory, 'elsewhere', 'DNS:mail.example.com')
    return good, elsewhere


def parse(message):
    return email.message_from_bytes(message['bytes'], policy=email.policy.default)


def check_test_mail(message):
    m = parse(message)
    assert m['From'] == 'attest@example.org' and m['To'] == 'ann@example.com', m.items()
    assert m['Subject'] == f'Attest: a test for {NAME}', m['Subject']
    assert NAME in m.get_content() and m['Auto-Submitted'] == 'auto-generated', m.get_content()
    assert m['Message-ID'].endswith('@example.org>') and m['Date'].datetime.utcoffset().total_seconds() == 0
    assert len(m.keys()) == len(set(m.keys())) and not m.defects, m.keys()
    return m


@test
def mail_goes_by_tls_with_sign_in_and_reads_as_it_was_written(w, certs):
    server = Smtp('implicit', tls_context(*certs[0]), ('attest', PASSWORD))
    w.mail(f'smtps://localhost:{server.port}', 'smtp-user: attest', f'smtp-secret-file: {w.path("password")}', f'tls-ca-file: {certs[0][0]}')
    w.run('notify', 'test', 'ann@example.com', status=0)
    assert len(server.messages) == 1 and server.messages[0]['tls']
    check_test_mail(server.messages[0])
    row = w.rows()[0]
    assert row['state'] == 'sent' and row['attempts'] == 1 and 'last_error' not in row, row


@test
def starttls_is_used_where_the_server_is_another(w, certs):
    server = Smtp('starttls', tls_context(*certs[0]), ('attest', PASSWORD))
    w.mail(f'smtp://127.1:{server.port}', 'smtp-user: attest', f'smtp-secret-file: {w.path("password")}', f'tls-ca-file: {certs[0][0]}')
    w.run('notify', 'test', 'ann@example.com', status=0)
    assert server.messages[0]['tls']


@test
def without_starttls_neither_mail_nor_password_is_given_to_another_server(w, certs):
    server = Smtp(None, None, ('attest', PASSWORD))
    w.mail(f'smtp://127.1:{server.port}', 'smtp-user: attest', f'smtp-secret-file: {w.path("password")}')
    w.run('notify', 'test', 'ann@example.com', status=1)
    assert server.connections == 1 and not server.messages
    assert not any(c.startswith(('AUTH', 'MAIL')) for c in server.commands), server.commands
    assert w.rows()[0]['state'] == 'failed'


@test
def mail_to_this_machine_may_go_plain(w, certs):
    server = Smtp()
    w.mail(f'smtp://127.0.0.1:{server.port}')
    w.run('notify', 'test', 'ann@example.com', status=0)
    check_test_mail(server.messages[0])


@test
def certificates_nobody_vouches_for_and_those_of_another_are_refused(w, certs):
    for url, cert, ca in (('smtps://localhost', certs[0], None), ('smtps://localhost', certs[1], certs[1][0]), ('smtp://127.1', certs[0], None)):
        tls = 'implicit' if url.startswith('smtps') else 'starttls'
        server = Smtp(tls, tls_context(*cert), ('attest', PASSWORD))
        w.mail(f'{url}:{server.port}', 'smtp-user: attest', f'smtp-secret-file: {w.path("password")}', *([f'tls-ca-file: {ca}'] if ca else []))
        text = w.run('notify', 'test', 'ann@example.com', status=1)
        assert server.connections == 1 and not server.messages and not any(c.startswith('AUTH') for c in server.commands), text
        assert 'certificate' in text.lower(), text


@test
def a_secret_is_nowhere_but_in_its_file(w, certs):
    server = Smtp('implicit', tls_context(*certs[0]), ('attest', 'another'))
    w.mail(f'smtps://localhost:{server.port}', 'smtp-user: attest', f'smtp-secret-file: {w.path("password")}', f'tls-ca-file: {certs[0][0]}')
    text = w.run('notify', 'test', 'ann@example.com', status=1) + w.run('notify', 'list', '--json') + w.run('sql', 'SELECT * FROM outbox_history')
    assert PASSWORD not in text and 'ogin' in text, text
    hook = Hook(answers=[500])
    w.hook(f'http://127.0.0.1:{hook.port}/token-in-the-path')
    text = w.run('notify', 'test', 'webhook', status=1) + w.run('notify', 'list', '--json')
    assert SECRETS[0][6:] not in text and 'token-in-the-path' not in text, text
    for directory, _, names in os.walk(w.path('.attest')):
        for name in names:
            if name != 'config':
                with open(os.path.join(directory, name), 'rb') as f:
                    stored = f.read()
                for secret in (PASSWORD, SECRETS[0][6:], 'token-in-the-path'):
                    assert secret.encode() not in stored, f'{name} holds {secret}'


@test
def mail_refused_for_now_is_sent_later_under_the_same_id(w, certs):
    server = Smtp()
    w.mail(f'smtp://127.0.0.1:{server.port}')
    for verb, answer in (('RCPT', '451 try again'), ('END', '452 full')):
        server.replies = {verb: [answer]}
        w.run('notify', 'test', 'ann@example.com', status=1)
        row = w.rows()[0]
        assert row['state'] == 'failed' and row['status'] == int(answer[:3]), row
    w.run('notify', 'deliver', status=0)
    assert [r['attempts'] for r in w.rows()] == [1, 1], 'tried before it was due'
    time.sleep(5.1)
    w.configure()
    assert 'wait' in w.run('notify', 'deliver', status=1) and not server.messages
    w.mail(f'smtp://127.0.0.1:{server.port}')
    w.run('notify', 'deliver', status=0)
    assert [(r['state'], r['attempts']) for r in w.rows()] == [('sent', 2)] * 2
    assert {parse(m)['Message-ID'].strip('<>').split('@')[0] for m in server.messages} == {r['id'] for r in w.rows()}


@test
def an_addressee_refused_for_good_is_given_up_and_a_refused_sender_is_not(w, certs):
    server = Smtp()
    w.mail(f'smtp://127.0.0.1:{server.port}')
    server.replies = {'RCPT': ['550 no such user']}
    w.run('notify', 'test', 'nobody@example.com', status=1)
    server.replies = {'MAIL': ['550 not from you']}
    w.run('notify', 'test', 'ann@example.com', status=1)
    late, early = w.rows()
    assert early['state'] == 'given_up' and early['status'] == 550, early
    assert late['state'] == 'failed' and late['status'] == 550, late


@test
def a_kill_between_sending_and_marking_sends_again_and_loses_nothing(w, certs):
    server = Smtp()
    w.mail(f'smtp://127.0.0.1:{server.port}')
    box, started = [], threading.Event()

    def victim():
        started.wait(30)
        return box[0]

    server.kill_at_end = victim
    box.append(w.start('notify', 'test', 'ann@example.com'))
    started.set()
    box[0].wait(60)
    assert box[0].returncode == -9, box[0].returncode
    assert len(server.messages) == 1
    row = w.rows()[0]
    assert row['state'] == 'queued' and row['attempts'] == 0, row
    w.run('notify', 'deliver', status=0)
    assert len(server.messages) == 2
    first, second = (check_test_mail(m) for m in server.messages)
    assert first['Message-ID'] == second['Message-ID'] and server.messages[0]['bytes'] == server.messages[1]['bytes']
    assert w.rows()[0]['state'] == 'sent'
    w.run('notify', 'deliver', status=0)
    assert len(server.messages) == 2
    w.run('verify', status=0)


@test
def hostile_recipients_are_refused_and_nothing_is_queued(w, certs):
    server = Smtp()
    w.mail(f'smtp://127.0.0.1:{server.port}')
    for recipient in ('a@b\r\nBcc: x', 'a@b.c\nRCPT TO:<x@y.z>', 'a@b.c>', '<a@b.c>', 'a@b.c, d@e.f', 'a@b.c NOTIFY=NEVER', '-a@b.c'):
        w.run('notify', 'test', '--', recipient, status=3)
    assert w.rows() == [] and server.connections == 0


def verify(request, secret):
    headers = {k.lower(): v for k, v in request['headers'].items()}
    signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + request['body']
    mac = hmac.new(base64.b64decode(secret[6:]), signed, hashlib.sha256).digest()
    assert 'v1,' + base64.b64encode(mac).decode() in headers['webhook-signature'].split(), headers
    assert abs(int(headers['webhook-timestamp']) - time.time()) < 60
    if VERIFIER:
        judge = subprocess.run(['node', os.path.join(os.path.dirname(os.path.realpath(__file__)), 'verify.mjs'), VERIFIER, secret],
                               input=json.dumps({'headers': headers, 'body': request['body'].decode()}), text=True, capture_output=True)
        assert judge.returncode == 0, judge.stderr
    return headers


@test
def webhooks_are_signed_so_that_others_can_verify(w, certs):
    hook = Hook()
    w.hook(f'http://127.0.0.1:{hook.port}/in?x=1')
    w.run('notify', 'test', 'webhook', status=0)
    request = hook.requests[0]
    verify(request, SECRETS[0])
    body = json.loads(request['body'])
    assert body['type'] == 'notify.test' and NAME in body['data']['subject'] and body['timestamp'].endswith('Z'), body
    assert request['headers']['Content-Type'] == 'application/json' and request['path'] == '/in?x=1'
    tampered = {**request, 'body': request['body'].replace(b'test', b'tost', 1)}
    try:
        verify(tampered, SECRETS[0])
    except AssertionError:
        return
    raise AssertionError('an altered body verifies')


@test
def while_a_secret_changes_both_sign(w, certs):
    hook = Hook()
    w.secret('whsec', '\n'.join(SECRETS) + '\n')
    w.hook(f'http://127.0.0.1:{hook.port}/')
    w.run('notify', 'test', 'webhook', status=0)
    headers = [verify(hook.requests[0], s) for s in SECRETS][0]
    assert len(headers['webhook-signature'].split()) == 2
    w.secret('whsec', SECRETS[0] + '\n')


@test
def a_webhook_that_failed_comes_again_with_the_same_id_and_a_new_time(w, certs):
    hook = Hook(answers=[500])
    w.hook(f'http://127.0.0.1:{hook.port}/')
    w.run('notify', 'test', 'webhook', status=1)
    time.sleep(5.1)
    w.run('notify', 'deliver', status=0)
    first, second = (verify(r, SECRETS[0]) for r in hook.requests)
    assert first['webhook-id'] == second['webhook-id'] and first['webhook-timestamp'] != second['webhook-timestamp']
    assert w.rows()[0]['state'] == 'sent' and hook.requests[0]['body'] == hook.requests[1]['body']


@test
def redirects_are_not_followed(w, certs):
    for status in (301, 302, 307, 308):
        hook = Hook(answers=[status])
        w.hook(f'http://127.0.0.1:{hook.port}/')
        w.run('notify', 'test', 'webhook', status=1)
        assert [r['path'] for r in hook.requests] == ['/'], hook.requests


@test
def webhooks_by_tls_need_a_certificate_somebody_vouches_for(w, certs):
    for cert, ca, want in ((certs[0], None, 1), (certs[1], certs[1][0], 1), (certs[0], certs[0][0], 0)):
        hook = Hook(context=tls_context(*cert))
        w.hook(f'https://localhost:{hook.port}/', *([f'tls-ca-file: {ca}'] if ca else []))
        w.run('notify', 'test', 'webhook', status=want)
        assert len(hook.requests) == 1 - want


@test
def names_and_numbers_that_lead_inside_are_not_called(w, certs):
    hook = Hook(context=tls_context(*certs[0]))
    inside = [f'https://127.1:{hook.port}/', f'https://2130706433:{hook.port}/', f'https://[::ffff:127.0.0.1]:{hook.port}/', 'https://10.0.0.1/',
              f'https://0:{hook.port}/', 'https://169.254.169.254/latest/', 'https://[fe80::1]/', 'https://[::ffff:192.168.0.1]/', 'https://[fd00::1]/']
    for url in inside:
        w.hook(url, f'tls-ca-file: {certs[0][0]}')
        started = time.monotonic()
        text = w.run('notify', 'test', 'webhook', status=1)
        assert 'address' in text and time.monotonic() - started < 5, f'{url}: {text}'
    for url in ('https://169.254.169.254/', f'https://0:{hook.port}/'):
        w.hook(url, options='private')
        assert 'link-local' in w.run('notify', 'test', 'webhook', status=1)
    assert not hook.requests
    w.hook(f'https://127.1:{hook.port}/', f'tls-ca-file: {certs[0][0]}', options='private')
    w.run('notify', 'test', 'webhook', status=0)
    assert len(hook.requests) == 1


@test
def the_environment_does_not_say_where_it_goes(w, certs):
    proxy, hook, server = Hook(), Hook(), Smtp()
    env = {k: f'http://127.0.0.1:{proxy.port}' for k in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY')}
    w.hook(f'http://127.0.0.1:{hook.port}/')
    w.run('notify', 'test', 'webhook', status=0, **env)
    w.mail(f'smtp://127.0.0.1:{server.port}')
    w.run('notify', 'test', 'ann@example.com', status=0, **env)
    assert len(hook.requests) == 1 and len(server.messages) == 1 and not proxy.requests


@test
def an_endpoint_that_never_answers_costs_ten_seconds(w, certs):
    hook = Hook()
    hook.hang = threading.Event()
    w.hook(f'http://127.0.0.1:{hook.port}/')
    started = time.monotonic()
    w.run('notify', 'test', 'webhook', status=1)
    assert 9 < time.monotonic() - started < 20
    hook.hang.set()
    assert w.rows()[0]['state'] == 'failed'


@test
def two_that_deliver_at_once_do_not_send_twice(w, certs):
    hook = Hook(answers=[500])
    w.hook(f'http://127.0.0.1:{hook.port}/')
    w.run('notify', 'test', 'webhook', status=1)
    time.sleep(5.1)
    hook.hang = threading.Event()
    first = w.start('notify', 'deliver')
    while len(hook.requests) < 2:
        time.sleep(0.05)
    assert 'another process' in w.run('notify', 'deliver', status=8)
    hook.hang.set()
    first.communicate(timeout=60)
    assert first.returncode == 0 and len(hook.requests) == 2


@test
def settings_that_cannot_be_used_are_refused_with_the_reason(w, certs):
    for line, want in (('smtp: mail.example.com', 'smtp:'), ('smtp: smtps://user:pw@mail.example.com', 'settings of their own'),
                       ('webhook: http://hooks.example.com/ /s', 'only https'), ('mail-from: Attest <a@b.c>', 'mail-from'),
                       ('smpt: smtps://x.example.com', 'there is no setting')):
        w.configure(line)
        assert want in w.run('notify', 'list', status=3), line
    w.configure()
    assert 'smtp:' in w.run('notify', 'test', 'ann@example.com', status=4)
    w.secret('open', SECRETS[0], 0o644)
    hook = Hook()
    w.configure(f'webhook: http://127.0.0.1:{hook.port}/ {w.path("open")}')
    assert 'everybody may read' in w.run('notify', 'test', 'webhook', status=1).replace('\n         ', ' ')
    assert not hook.requests


def main():
    directory = tempfile.mkdtemp(prefix='attest-notify-certs-')
    failed = 0
    try:
        certs = certificates(directory)
        print(f'1..{len(tests)}', flush=True)
        for number, body in enumerate(tests, 1):
            w = Workspace()
            try:
                body(w, certs)
                print(f'ok {number} {body.__name__}', flush=True)
            except Exception as e:                       # a test that breaks is a test that fails
                failed += 1
                print(f'not ok {number} {body.__name__}\n# ' + f'{type(e).__name__}: {e}'.replace('\n', '\n# '), flush=True)
            finally:
                w.close()
    finally:
        shutil.rmtree(directory)
    return 1 if failed else 0


sys.exit(main())
