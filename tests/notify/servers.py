"""Servers that notifications are sent to in the tests: SMTP and HTTP, plain or with TLS."""
import base64
import http.server
import os
import signal
import socket
import ssl
import subprocess
import threading


def certificate(directory, name, subject_alt_name):
    """A self-signed certificate; returns the paths of certificate and key."""
    cert, key = (os.path.join(directory, f'{name}.{ending}') for ending in ('crt', 'key'))
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
                    '-subj', f'/CN={name}', '-addext', f'subjectAltName={subject_alt_name}', '-keyout', key, '-out', cert],
                   check=True, capture_output=True)
    return cert, key


def tls_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


class Smtp:
    """Takes mail. tls: None, 'implicit' or 'starttls'. `replies` maps a verb (RCPT, DATA, END) to a list of
    answers given before the usual one; `kill_at_end` is asked for a process to kill when a message has come in whole."""

    def __init__(self, tls=None, context=None, login=None):
        self.tls, self.context, self.login = tls, context, login
        self.replies, self.messages, self.commands, self.kill_at_end, self.connections = {}, [], [], None, 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        try:
            if self.tls == 'implicit':
                connection = self.context.wrap_socket(connection, server_side=True)
            self.session(connection)
        except (OSError, ssl.SSLError):
            pass
        finally:
            connection.close()

    def reply(self, verb, usual):
        waiting = self.replies.get(verb)
        return waiting.pop(0) if waiting else usual

    def session(self, connection):
        secure, signed_in = self.tls == 'implicit', False
        stream = connection.makefile('rb')

        def say(text):
            connection.sendall(text.encode() + b'\r\n')

        say('220 test ESMTP')
        while line := stream.readline():
            verb = line[:4].strip().upper().decode(errors='replace')
            self.commands.append(line.decode(errors='replace').strip())
            if verb == 'EHLO':
                say('250-test')
                if self.tls == 'starttls' and not secure:
                    say('250-STARTTLS')
                if self.login:
                    say('250-AUTH PLAIN')
                say('250 SIZE 1000000')
            elif verb == 'STAR':
                say('220 go')
                connection = self.context.wrap_socket(connection, server_side=True)
                stream, secure = connection.makefile('rb'), True
            elif verb == 'AUTH':
                given = line.split()[2] if len(line.split()) > 2 else None
                if given is None:
                    say('334 ')
                    given = stream.readline().strip()
                signed_in = base64.b64decode(given) == b'\0' + self.login[0].encode() + b'\0' + self.login[1].encode()
                say('235 ok' if signed_in else '535 wrong')
            elif verb == 'MAIL' and self.login and not signed_in:
                say('530 sign in first')
            elif verb in ('MAIL', 'RCPT'):
                say(self.reply(verb, '250 ok'))
            elif verb == 'DATA':
                answer = self.reply(verb, '354 go')
                say(answer)
                if answer.startswith('3'):
                    self.take(stream, say, secure)
            elif verb == 'QUIT':
                say('221 bye')
                return
            else:
                say('502 no')

    def take(self, stream, say, secure):
        lines = []
        while (line := stream.readline()) not in (b'.\r\n', b''):
            lines.append(line[1:] if line.startswith(b'.') else line)
        answer = self.reply('END', '250 taken')
        if answer.startswith('2'):
            self.messages.append({'bytes': b''.join(lines), 'tls': secure})
        if self.kill_at_end:
            process, self.kill_at_end = self.kill_at_end(), None
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return
        say(answer)

    def close(self):
        self.listener.close()


class Hook:
    """Takes webhooks; `answers` are given in order, then 204."""

    def __init__(self, context=None, answers=()):
        self.requests, self.answers, self.hang = [], list(answers), None
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                hook.requests.append({'path': self.path, 'headers': dict(self.headers), 'body': body})
                if hook.hang:
                    hook.hang.wait()
                self.send_response(hook.answers.pop(0) if hook.answers else 204)
                self.send_header('Location', f'http://127.0.0.1:{hook.port}/followed')
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_address[1]
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
