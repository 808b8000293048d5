// Decisions of an access review by single keys; the form does all of it without.
const form = document.getElementById('work');
const rows = [...form.querySelectorAll('tr[data-account]')].filter((r) => r.querySelector('input[type=radio]'));
const said = document.getElementById('chosen');
let at = -1;

function go(to) {
  if (!rows.length) return;
  rows[at]?.classList.remove('selected');
  at = Math.min(Math.max(to, 0), rows.length - 1);
  rows[at].classList.add('selected');
  (rows[at].querySelector('input[type=radio]:checked') ?? rows[at].querySelector('input[type=radio]')).focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: 'center' });
}

function tell() {
  const n = rows.filter((r) => r.querySelector('input[type=radio]:checked')).length;
  said.textContent = `${n} of ${rows.length} chosen on this page.`;
}

function choose(what) {
  if (at < 0) return;
  const radio = rows[at].querySelector(`input[type=radio][value=${what}]`);
  if (!radio) return;
  radio.checked = true;
  tell();
  if (what === 'change' || (what === 'keep' && rows[at].dataset.own)) rows[at].querySelector('input[type=text]').focus();
  else go(at + 1);
}

function undo() {
  for (const radio of rows[at]?.querySelectorAll('input[type=radio]') ?? []) radio.checked = false;
  tell();
}

const keys = {
  j: () => go(at + 1), k: () => go(at - 1), y: () => choose('keep'), n: () => choose('revoke'), c: () => choose('change'), u: undo,
  s: () => document.getElementById('save')?.focus(),
};

document.addEventListener('keydown', (e) => {
  const writes = e.target.closest('input:not([type=radio]), select, textarea');
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === 'Escape' && writes && rows.includes(writes.closest('tr'))) {
    go(rows.indexOf(writes.closest('tr')));
    return;
  }
  if (writes || !keys[e.key]) return;
  e.preventDefault();
  keys[e.key]();
});
form.addEventListener('focusin', (e) => {
  const to = rows.indexOf(e.target.closest('tr'));
  if (to < 0 || to === at) return;
  rows[at]?.classList.remove('selected');
  at = to;
  rows[at].classList.add('selected');
});
form.addEventListener('change', tell);
if (rows.length) tell();
