// The preview and the difference follow what is typed; the button does the same without.
const form = document.getElementById('write');
let timer = 0, asked = 0;

async function look() {
  const mine = ++asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set('do', 'preview');
  try {
    const answer = await fetch(form.action, { method: 'POST', body: fields });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['preview', 'diff']) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  } catch { /* the button still works */ }
}

form?.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 500); });
