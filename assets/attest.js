// What helps those whose browser runs it; every page works without.

const find = document.getElementById('find');

// Menus close when one looks elsewhere.
document.addEventListener('click', (e) => {
  for (const open of document.querySelectorAll('details.menu[open]')) if (!open.contains(e.target)) open.open = false;
});
document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  for (const open of document.querySelectorAll('details.menu[open]')) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});

const typing = (at) => at.closest('input, select, textarea, [contenteditable]') !== null;

/* The command palette: a combobox over /search.json. Each entry is a link, so that Enter goes there. */
let palette = null;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, text);
  element.append(...children);
  return element;
}

function makePalette() {
  const input = make('input', { type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list',
    'aria-label': 'Go to anything', placeholder: 'Go to anything', autocomplete: 'off' });
  const list = make('ul', { id: 'palette-list', role: 'listbox', 'aria-label': 'Places' });
  const says = make('p', { role: 'status' });
  const dialog = make('dialog', { class: 'palette', 'aria-label': 'Go to anything' }, input, list, says);
  document.body.append(dialog);
  let at = 0, asked = 0, timer = 0;

  const options = () => [...list.children];
  const mark = (to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((o, i) => o.setAttribute('aria-selected', String(i === at)));
    input.setAttribute('aria-activedescendant', all[at].id);
    all[at].scrollIntoView({ block: 'nearest' });
  };
  const show = (found) => {
    list.replaceChildren(...found.map((row, i) => {
      const option = make('li', { role: 'option', id: `palette-${i}`, 'aria-selected': 'false' },
        make('span', {}, row.title), make('span', { class: 'quiet' }, row.group));
      option.addEventListener('click', () => { location.href = row.href; });
      return option;
    }));
    input.setAttribute('aria-expanded', String(found.length > 0));
    input.removeAttribute('aria-activedescendant');
    says.textContent = found.length ? '' : input.value ? 'Nothing here has these words.' : '';
    palette.rows = found;
    mark(0);
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`/search.json?q=${encodeURIComponent(input.value)}`, { headers: { accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (mine === asked) show(found.results);
    } catch {
      if (mine === asked) says.textContent = 'The server does not answer.';
    }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 80); });
  input.addEventListener('keydown', (e) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      mark(at + (e.key === 'ArrowDown' ? 1 : -1));
    } else if (e.key === 'Enter' && palette.rows[at]) {
      location.href = palette.rows[at].href;
    }
  });
  dialog.addEventListener('click', (e) => { if (e.target === dialog) dialog.close(); });
  return { dialog, input, ask, rows: [] };
}

function openPalette() {
  palette ??= makePalette();
  palette.input.value = '';
  palette.dialog.showModal();
  palette.ask();
}

if (find) {
  document.addEventListener('keydown', (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k') {
      e.preventDefault();
      openPalette();
    } else if (e.key === '/' && !e.ctrlKey && !e.metaKey && !e.altKey && !typing(e.target)) {
      e.preventDefault();
      find.focus();
      find.select();
    }
  });
}
