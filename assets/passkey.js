// Forms with data-passkey let the browser's passkeys answer: "get" signs in, "create" makes a new one. The question comes
// from data-ask; the answer is sent as the form's field "answer".

const decode = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const keys = (list) => list.map((key) => ({ ...key, id: decode(key.id), transports: key.transports.length ? key.transports : undefined }));

const questions = {
  get: (o) => navigator.credentials.get({ publicKey: { ...o, challenge: decode(o.challenge), allowCredentials: keys(o.allowCredentials) } }),
  create: (o) => navigator.credentials.create({
    publicKey: { ...o, challenge: decode(o.challenge), user: { ...o.user, id: decode(o.user.id) }, excludeCredentials: keys(o.excludeCredentials) },
  }),
};

function told(credential) {
  const given = credential.response;
  const response = { clientDataJSON: encode(given.clientDataJSON) };
  if (given.attestationObject) {
    response.attestationObject = encode(given.attestationObject);
    response.transports = given.getTransports?.() ?? [];
  } else {
    response.authenticatorData = encode(given.authenticatorData);
    response.signature = encode(given.signature);
    if (given.userHandle?.byteLength) response.userHandle = encode(given.userHandle);
  }
  return JSON.stringify({ id: credential.id, rawId: encode(credential.rawId), type: credential.type, response });
}

const reasons = {
  NotAllowedError: 'The passkey was not used: it was cancelled, or it took too long.',
  InvalidStateError: 'This device has a passkey for you already.',
  SecurityError: 'The browser does not allow passkeys at this address.',
};

async function ask(form) {
  const { elements } = form;
  const answer = await fetch(form.dataset.ask, { method: 'POST', headers: elements.csrf ? { 'x-csrf-token': elements.csrf.value } : {} });
  if (!answer.ok) throw new Error('The server does not ask for a passkey now. Load the page again.');
  elements.answer.value = told(await questions[form.dataset.passkey](await answer.json()));
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll('form[data-passkey]') : []) {
  const says = form.querySelector('[role="alert"]');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    says.hidden = true;
    try {
      await ask(form);
      form.submit();
    } catch (error) {
      says.textContent = reasons[error.name] ?? error.message;
      says.hidden = false;
    }
  });
}
