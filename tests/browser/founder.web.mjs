// Who runs the program does all of it in the browser: each path from its first page to its end, by the links and steps that
// the pages offer, with the second person where one is needed.

const main = 'main form.form';

// What a refused form says, on one line.
const faults = async (page) => (await page.locator('.faults').allInnerTexts()).join(' ').replace(/\s+/g, ' ');
const standing = async (page) => (await page.locator('.head .state').allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim();

async function fill(page, fields) {
  for (const [name, text] of Object.entries(fields)) {
    const input = page.locator(`${main} [name="${name}"]`).first();
    if (!(await input.isVisible())) await page.locator(`${main} details.more > summary`).first().click();
    if ((await input.evaluate((e) => e.tagName)) === 'SELECT') await input.selectOption(text);
    else await input.fill(text);
  }
}

async function send(page, fields = {}) {
  await fill(page, fields);
  await page.locator(`${main} p.actions button, ${main} div.actions button`).last().click();
  await page.waitForLoadState();
}

// A step among "What may be done next", with the fields that it asks for.
async function step(page, label, fields) {
  const button = page.locator(`.work button:text-is("${label}"), .work a.button:text-is("${label}")`).first();
  const asks = (await button.evaluate((e) => e.tagName)) === 'A';
  await button.click();
  await page.waitForLoadState();
  if (asks) await send(page, fields);
}

async function follow(page, words) {
  await page.locator('main').getByText(words, { exact: true }).first().click();
  await page.waitForLoadState();
}

const path = (page) => new URL(page.url()).pathname;

async function policy(t, owner, manager) {
  const member = await t.open('member');
  await owner.goto('/policy/acceptable-use');
  await follow(owner, 'Text and versions');
  await follow(owner, 'Write the next version');
  t.check(/draft/.test(await standing(owner)), `the next version begins as a draft: ${await standing(owner)}`);
  const text = await owner.inputValue('#f-body');
  t.check(text.includes('## Purpose'), 'it begins with the text that holds');
  await owner.fill('#f-body', `${text}\n## Lost devices\n\nSay so at once.\n`);
  await owner.fill('#f-changes', 'Lost devices.');
  await owner.click('button[value=save]');
  await owner.waitForLoadState();
  t.check(/Say so at once/.test(await owner.locator('#diff').innerText()), 'what differs is shown');
  await step(owner, 'Submit');
  const at = path(owner);
  await step(owner, 'Approve');
  t.check(/you are the author yourself/.test(await owner.locator('main').innerText()), 'nobody approves what they wrote, and is told why');
  await manager.goto(at);
  await step(manager, 'Approve');
  await owner.goto(at);
  await step(owner, 'Publish');
  t.check(/published/.test(await standing(owner)), `it is published: ${await standing(owner)}`);
  await member.goto('/my');
  await follow(member, 'Read and accept: Acceptable use');
  t.check(/Say so at once/.test(await member.locator('main').innerText()), 'the member reads the new text');
  await follow(member, 'I have read it and accept');
  await member.goto('/my');
  t.check(!/Read and accept: Acceptable use/.test(await member.locator('main').innerText()), 'what was accepted no longer waits');
  await owner.goto(at);
  t.check(/1 accepted/.test(await owner.locator('.counts').innerText()), 'it is counted where it was published');
  await member.context().close();
}

async function waiver(t, owner, manager) {
  await owner.goto('/exceptions?waived=no');
  await owner.locator('td a:has-text("Waive")').first().click();
  await owner.waitForLoadState();
  t.check(await owner.locator('input[name=item]:checked').count() === 1, 'the item that it was asked for is ticked');
  await owner.locator(`${main} [required]`).evaluateAll((all) => all.forEach((e) => e.removeAttribute('required')));
  await send(owner, { ends_at: '2100-02-03' });
  t.check(/^Reason: is missing$/.test(await faults(owner)), `what is missing is said once, in words: ${await faults(owner)}`);
  t.check(await owner.inputValue('[name=ends_at]') === '2100-02-03' && await owner.locator('input[name=item]:checked').count() === 1, 'what was chosen stays');
  await send(owner, { reason: 'It goes away in March.', ends_at: new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10) });
  t.check(path(owner) === '/waiver', `who asked sees what was asked for: ${path(owner)}`);
  await owner.locator('main table tbody tr').last().locator('a').first().click();
  await owner.waitForLoadState();
  t.check(/requested/.test(await standing(owner)), `the waiver waits: ${await standing(owner)} ${path(owner)}`);
  const at = path(owner);
  await step(owner, 'Approve');
  t.check(/you are the requester yourself/.test(await faults(owner)), `nobody approves their own waiver: ${await faults(owner)}`);
  await manager.goto(at);
  await step(manager, 'Approve');
  t.check(/approved/.test(await standing(manager)), `another approves it: ${await standing(manager)}`);
}

async function attest(t, owner, manager) {
  await owner.goto('/controls/GV-07');
  await follow(owner, 'Attest it');
  t.check(await owner.inputValue('#f-performed_at') && await owner.inputValue('#f-valid_until'), 'an attestation comes with its dates');
  await send(owner, { statement: 'It was gone through; nothing is left open.' });
  const at = path(owner);
  await manager.goto(at);
  await step(manager, 'Accept');
  t.check(/evidence/.test(await manager.locator('main').innerText()), 'it is not accepted without evidence');
  await owner.goto(at);
  await follow(owner, 'Attach evidence');
  await owner.setInputFiles('input[type=file]', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes of the work') });
  await send(owner, { title: 'Notes of the work', effective_from: '2026-07-01', effective_to: '2026-09-30' });
  t.check(/Notes of the work/.test(await owner.locator('section:has(#evidence)').innerText()), 'the file stands beside it');
  await follow(owner, 'Notes of the work');
  t.check(/1 Jul 2026/.test(await owner.locator('main').innerText()), 'with the time that it speaks of');
  await manager.goto(at);
  await step(manager, 'Accept');
  t.check(/accepted/.test(await standing(manager)), `then another accepts it: ${await standing(manager)}`);
}

async function vendor(t, owner, manager) {
  await owner.goto('/vendor/new');
  await send(owner, { name: 'Paper & Co' });
  t.check(/Tier/.test(await faults(owner)) && await owner.inputValue('[name=name]') === 'Paper & Co', `what is missing is named, what was typed stays: ${await faults(owner)}`);
  await send(owner, { tier: 'low', personal_data: 'false', subservice: 'false', owner: t.person.owner, review_cadence: 'yearly' });
  const at = path(owner);
  await follow(owner, 'Add a due diligence');
  await send(owner);
  await step(owner, 'Submit', { outcome: 'acceptable', security_findings: 'none' });
  await manager.goto(path(owner));
  await step(manager, 'Approve');
  await manager.goto(at);
  await step(manager, 'Activate', { service: 'Paper', data_handled: 'none' });
  t.check(/active/.test(await standing(manager)), `the vendor may be used: ${await standing(manager)}`);
  await owner.goto(`${at}/review`);
  await follow(owner, 'Add a review');
  await send(owner, { kind: 'questionnaire' });
  await step(owner, 'Complete', { outcome: 'acceptable', exceptions: 'none', cuecs_mapped: 'true' });
  t.check(/completed/.test(await standing(owner)), `its review is done: ${await standing(owner)} ${await faults(owner)}`);
  await owner.goto(at);
  await step(owner, 'Review', { review_due_at: '2100-01-01' });
  t.check(!await faults(owner), `and counts for it: ${await faults(owner)}`);
}

async function risk(t, owner, manager) {
  await owner.goto('/risk/new');
  await send(owner, { title: 'A laptop is stolen', owner: t.person.owner });
  const at = path(owner);
  await step(owner, 'Assess', { likelihood: '3', impact: '4' });
  await step(owner, 'Treat', { treatment: 'mitigate', plan: 'Encrypt the disks', residual_likelihood: '1', residual_impact: '3' });
  await step(owner, 'Accept');
  t.check(/it needs one risk acceptance that is approved/.test(await faults(owner)), `what is lacking is said in words: ${await faults(owner)}`);
  await follow(owner, 'Add a risk acceptance');
  await send(owner, { reason: 'Small enough.', ends_at: '2100-01-01' });
  await manager.goto(path(owner));
  await step(manager, 'Approve');
  await owner.goto(at);
  await step(owner, 'Accept');
  t.check(/accepted/.test(await standing(owner)), `the risk is accepted: ${await standing(owner)} ${await faults(owner)}`);
}

async function incident(t, owner) {
  await owner.goto('/incident/new');
  await send(owner, { title: 'Strange sign-ins', severity: 'high', kind: 'security', detected_at: '2026-10-01', commander: t.person.owner });
  const at = path(owner);
  await step(owner, 'Triage');
  await step(owner, 'Declare', { data_impact: 'none' });
  await owner.goto(`${at}/timeline`);
  await fill(owner, { occurred_at: '2026-10-02', kind: 'action', entry: 'Sessions were ended.' });
  await follow(owner, 'Add to the time line');
  t.check(/Sessions were ended/.test(await owner.locator('.timeline').innerText()), 'what was done is on the time line');
  await step(owner, 'Contain');
  await step(owner, 'Resolve');
  t.check(/resolved/.test(await standing(owner)), `now is proposed as the time: ${await standing(owner)} ${await faults(owner)}`);
  await step(owner, 'Close', { root_cause: 'A leaked password', report_relevant: 'false' });
  t.check(/Post mortem: .*the step "Review" does that/.test(await faults(owner)), `a refusal says which step is lacking: ${await faults(owner)}`);
  await owner.goto(at);
  await step(owner, 'Review', { root_cause: 'A leaked password', post_mortem: 'A second factor for all.' });
  await step(owner, 'Close', { report_relevant: 'false' });
  t.check(/closed/.test(await standing(owner)), `it is closed with its lessons: ${await standing(owner)} ${await faults(owner)}`);
}

async function criterion(t, owner) {
  await owner.goto('/criteria/P8.1');
  await follow(owner, 'Say that it does not apply');
  t.check(await owner.inputValue('[name=id]') === 'P8.1' && await owner.inputValue('[name=applicable]') === 'false', 'the form knows what it is about');
  await send(owner);
  t.check(/Reason: is needed/.test(await faults(owner)), `what is left out needs a reason: ${await faults(owner)}`);
  await send(owner, { reason: 'No personal information is collected.' });
  await follow(owner, 'How it stands');
  t.check(/No personal information is collected/.test(await owner.locator('main').innerText()) && path(owner) === '/criteria/P8.1', 'the criterion says so');
}

async function task(t, owner) {
  t.attest('tick');
  const id = t.attest('sql', "select id from task where state = 'open' and duty is not null order by id").trim().split('\n')[1]?.trim();
  await owner.goto(`/task/${id}`);
  t.check(/closes by itself/.test(await owner.locator('.note').innerText()) && await owner.locator('.note a').count() > 0, 'a task of a duty says what closes it, and leads there');
  await owner.goto('/task/new');
  await send(owner, { title: 'Water the plants', owner: t.person.owner, due_at: '2100-01-01' });
  await step(owner, 'Finish');
  t.check(/done/.test(await standing(owner)), `one that somebody made is done when they say so: ${await standing(owner)}`);
}

async function around(t, owner) {
  await owner.goto('/risk/RISK-1');
  await owner.getByText('Link it to another record', { exact: true }).click();
  await owner.fill('#f-meaning', 'is lowered by');
  await owner.fill('#f-object', 'nonsense');
  await follow(owner, 'Link');
  t.check(/Object: names a record as TYPE\/ID/.test(await faults(owner)) && await owner.inputValue('#f-meaning') === 'is lowered by', `a link that leads nowhere is refused, what was typed stays: ${await faults(owner)}`);
  await send(owner, { object: 'control/AC-01' });
  t.check(path(owner) === '/risk/RISK-1' && /is lowered by/.test(await owner.locator('section:has(#links)').innerText()), 'put right, it stands with the record');
  await owner.fill('#f-body', 'Looked at again.');
  await follow(owner, 'Comment');
  t.check(/Looked at again/.test(await owner.locator('section:has(#comments)').innerText()), 'so does a comment');
  await owner.goto('/risk/import');
  await owner.setInputFiles('input[type=file]', { name: 'risks.csv', mimeType: 'text/csv', buffer: Buffer.from('title,owner,likelihood\nFire,nobody.here,9\n') });
  await send(owner);
  const told = await owner.locator('main').innerText();
  t.check(/2\s+likelihood\s+is 9/.test(told) && /there is no person "nobody.here"/.test(told), 'every fault of a file is told by its line');
}

export async function run(t) {
  const owner = await t.open('owner'), manager = await t.open('manager');
  for (const story of [policy, waiver, attest, vendor, risk, incident, criterion, task, around]) {
    try {
      await story(t, owner, manager);
    } catch (e) {
      t.check(false, `${story.name}, at ${path(owner)}: ${e.message.split('\n').slice(0, 2).join(' ')} ${await faults(owner)}`);
    }
  }
  await owner.context().close();
  await manager.context().close();
}
