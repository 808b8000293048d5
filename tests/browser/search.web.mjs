// Search and the command palette.
export const pages = [
  { name: 'search', path: '/search?q=backup', title: /Search/ },
  { name: 'search-empty', path: '/search', title: /Search/ },
  { name: 'search-nothing', path: '/search?q=zzzz+%3Cb%3E', title: /Search/ },
];

const found = async (page) => page.locator('main .work a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));

export async function run(t) {
  const page = await t.open('owner');
  await page.goto('/');
  await page.keyboard.press('/');
  await page.keyboard.type('restor');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=restor/);
  t.check((await found(page)).some((a) => a.startsWith('/controls/')), 'search: no control is found');
  for (const href of (await found(page)).slice(0, 40)) {
    const answer = await page.request.get(href);
    t.check(answer.status() === 200, `search: ${href} answers ${answer.status()}`);
  }

  await page.goto('/search?q=web');
  for (const href of (await found(page)).filter((a) => a.startsWith('/facts/'))) {
    const answer = await page.request.get(href);
    t.check(answer.status() === 200, `search: ${href} answers ${answer.status()}`);
  }

  // What is added is found at once; a hostile name is shown as it is.
  t.attest('risk', 'add', 'title=<script>alert(1)</script> Quixotic windmill', 'likelihood=1', 'impact=1');
  await page.goto('/search?q=windm+quix');
  const risks = (await found(page)).filter((a) => a.startsWith('/risk/'));
  t.check(risks.length === 1, `search: what was just added gives ${risks}`);
  t.check((await page.locator('main').textContent()).includes('<script>alert(1)</script> Quixotic windmill'), 'search: the name is not shown as it is');

  // The palette, by keyboard alone.
  await page.goto('/');
  await page.keyboard.press('Control+k');
  await page.locator('dialog.palette[open]').waitFor();
  await page.keyboard.type('quixotic');
  await page.locator('[role=option]:has-text("Quixotic")').waitFor();
  await t.judge(page, 'palette');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`${risks[0]}$`));
  await page.goto('/');
  await page.keyboard.press('Control+k');
  await page.locator('[role=option]').first().waitFor();
  await page.keyboard.press('Escape');
  t.check(await page.locator('dialog[open]').count() === 0, 'palette: Escape does not close it');

  // Each sees what they may: of tasks a member sees their own; tests and accounts are for who sees the whole program.
  const mine = t.attest('task', 'add', 'title=Zephyr for me', `owner=${t.person.member}`).trim();
  const other = t.attest('task', 'add', 'title=Zephyr for others', `owner=${t.person.manager}`).trim();
  const member = await t.open('member');
  const seen = async (who, words) => (await (await who.request.get(`/search.json?q=${words}`)).json()).results.map((r) => r.href).join(' ');
  t.check(await seen(member, 'zephyr') === `/task/${mine}`, `search: a member finds ${await seen(member, 'zephyr')}`);
  t.check(await seen(page, 'zephyr') === `/task/${mine} /task/${other}`, `search: an owner finds ${await seen(page, 'zephyr')}`);
  for (const words of ['root', 'web', 'host']) {
    const all = await seen(member, words);
    t.check(!/\/(tests|controls|criteria|facts)\//.test(all), `search: a member finds ${all}`);
  }
  // Of the past only the catalogue is found, without the states of now.
  await page.goto('/search?q=backup&as-of=2026-01-01');
  t.check((await found(page)).every((a) => /^\/(controls|criteria|tests)\/.*as-of=/.test(a)) && (await found(page)).length > 0, `search: of the past ${await found(page)}`);
  t.check(await page.locator('main .work .state').count() === 0, 'search: a state of now is told of the past');
  const nobody = await t.open(null);
  const answer = await nobody.request.get('/search.json?q=a', { maxRedirects: 0 });
  t.check(answer.status() === 303, `search: nobody gets ${answer.status()}`);
}
