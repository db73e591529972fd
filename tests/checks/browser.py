"""browser: headless Chromium over its debugging pipe (--remote-debugging-pipe): no port, no
driver, nothing but Python's own library. Commands and events are JSON, each ended by NUL."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def find():
    """The browser's path, or None."""
    for name in ('chromium', 'chromium-browser', 'google-chrome', 'chrome'):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    def __init__(self, path, seconds=60):
        self.seconds = seconds
        self.profile = tempfile.mkdtemp(prefix='gongwen-browser-')
        command_read, self.out = os.pipe()
        self.inp, event_write = os.pipe()
        # the browser reads commands from descriptor 3 and writes to 4; root has no sandbox
        flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
                 '--disable-background-networking', '--disable-component-update', '--disable-sync',
                 '--disable-extensions', '--mute-audio', '--hide-scrollbars', '--force-color-profile=srgb',
                 '--remote-debugging-pipe', '--user-data-dir=' + self.profile, 'about:blank']
        self.process = subprocess.Popen(
            ['bash', '-c', 'exec "$@" 3<&%d 4>&%d' % (command_read, event_write), 'browser', path] + flags,
            pass_fds=(command_read, event_write), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_read)
        os.close(event_write)
        self.number, self.buffer, self.events, self.session = 0, b'', [], None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network', 'Log'):
            self.call(domain + '.enable')

    def read(self, until):
        """The next message; None where time is up."""
        while b'\0' not in self.buffer:
            left = until - time.time()
            if left <= 0 or not select.select([self.inp], [], [], left)[0]:
                return None
            data = os.read(self.inp, 1 << 20)
            if not data:
                raise RuntimeError('the browser ended')
            self.buffer += data
        message, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        data = json.dumps(message).encode() + b'\0'
        while data:
            data = data[os.write(self.out, data):]
        until = time.time() + self.seconds
        while True:
            answer = self.read(until)
            if answer is None:
                raise RuntimeError('no answer to ' + method)
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(method + ': ' + answer['error']['message'])
                return answer['result']
            self.events.append(answer)

    def js(self, expression):
        """The value of an expression; promises are waited for."""
        r = self.call('Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True, userGesture=True,
                      allowUnsafeEvalBlockedByCSP=False)
        if 'exceptionDetails' in r:
            raise RuntimeError(expression[:80] + ': ' + r['exceptionDetails'].get('exception', {}).get('description', 'failed')[:300])
        return r['result'].get('value')

    def wait(self, expression, why=''):
        """Waits until the expression is true."""
        until = time.time() + self.seconds
        while not self.js(expression):
            if time.time() > until:
                raise RuntimeError('waited in vain for ' + (why or expression))
            time.sleep(0.03)

    def open(self, path, fragment='', ready='document.documentElement.dataset.ready'):
        self.call('Page.navigate', url='about:blank')
        self.call('Page.navigate', url='file://' + os.path.abspath(path) + fragment)
        self.wait('document.readyState === "complete" && Boolean(%s)' % ready, 'the page to be ready')

    def size(self, width, height, mobile=False, scale=1):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=mobile)

    def key(self, key, code=0, text=''):
        for kind in ('keyDown', 'keyUp'):
            params = {'type': kind, 'key': key, 'code': key, 'windowsVirtualKeyCode': code}
            if text and kind == 'keyDown':
                params['text'] = text
            self.call('Input.dispatchKeyEvent', **params)

    def shot(self, path, full=False):
        r = self.call('Page.captureScreenshot', format='png', captureBeyondViewport=full)
        with open(path, 'wb') as out:
            out.write(base64.b64decode(r['data']))

    def complaints(self):
        """What the console and the log said, and exceptions; forgets them."""
        self.js('1')
        out = []
        for e in self.events:
            p = e.get('params', {})
            if e.get('method') == 'Runtime.exceptionThrown':
                out.append(p['exceptionDetails'].get('exception', {}).get('description') or p['exceptionDetails']['text'])
            elif e.get('method') == 'Runtime.consoleAPICalled' and p['type'] in ('error', 'warning', 'assert'):
                out.append(' '.join(str(a.get('value', a.get('description'))) for a in p['args']))
            elif e.get('method') == 'Log.entryAdded' and p['entry']['level'] in ('error', 'warning'):
                out.append(p['entry']['text'])
        self.events = [e for e in self.events if e.get('method') == 'Network.requestWillBeSent']
        return out

    def requests(self):
        """Addresses that were asked for."""
        self.js('1')
        return [e['params']['request']['url'] for e in self.events if e.get('method') == 'Network.requestWillBeSent']

    def close(self):
        try:
            self.session = None
            self.call('Browser.close')
        except (RuntimeError, OSError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.out)
        os.close(self.inp)
        shutil.rmtree(self.profile, ignore_errors=True)
