// Adding a passkey, signing in with it and showing again who one is, with Chromium's own authenticator.
export const pages = [
  { name: 'passkeys', path: '/account/passkeys', as: 'member', title: /Add a passkey/ },
];

async function device(page, isUserVerified, credentials = []) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified, automaticPresenceSimulation: true },
  });
  for (const credential of credentials) await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
  return async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

export async function run(t) {
  const page = await t.open('member');
  const keys = await device(page, true);

  await page.goto('/account/passkeys');
  await page.getByLabel('Name of the new passkey').fill('This browser');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.waitForURL(/\/account(\?|$)/);
  t.check(/This browser/.test(await page.locator('main').textContent()), 'passkey: the account does not show the new key');
  const credentials = await keys();
  t.check(credentials.length === 1 && credentials[0].isResidentCredential && credentials[0].rpId === new URL(page.url()).hostname, 'passkey: the key was not made for this site');

  // A second one on the same device: the device says that it has one.
  await page.goto('/account/passkeys');
  await page.getByLabel('Name of the new passkey').fill('Again');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('alert').waitFor();
  t.check(/has a passkey for you already/.test(await page.getByRole('alert').textContent()), 'passkey: a second one on the same device is not told');

  await page.goto('/prove?next=%2Faccount%2Ftokens');
  await page.getByRole('button', { name: 'Continue with a passkey' }).click();
  await page.waitForURL(/\/account\/tokens$/);

  // Signed out, on the same device: first one that does not know its owner.
  const kept = await keys();
  const stranger = await t.open(null);
  await stranger.goto('/sign-in?next=%2Faccount');
  await device(stranger, false, kept);
  await stranger.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await stranger.getByRole('alert').waitFor();
  t.check(/not used/.test(await stranger.getByRole('alert').textContent()), 'passkey: what the device refuses is not told');
  await t.judge(stranger, 'sign-in-refused');

  const again = await t.open(null);
  await again.goto('/sign-in?next=%2Faccount');
  await device(again, true, kept);
  await again.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await again.waitForURL(/\/account$/);
  t.check(/by passkey/.test(await again.locator('main').textContent()), 'passkey: the session does not say how it began');
}
