import { expect, it } from 'vitest';
import { CHANGED_BASES } from '../../src/model/peft/config.ts';
import { copraPeft } from '../../src/share/python/peft-file.ts';

it('copra_peft.py holds the laws that there are; npx vitest run unit/copra-peft -u writes them', async () => {
  await expect(copraPeft()).toMatchFileSnapshot('../../python/copra_peft.py');
});

it('copra_peft.py refuses the initialisations that change the base, as the page does', () => {
  const [, names = ''] = /^MOVED_BASES = \((.*)\)$/m.exec(copraPeft()) ?? [];
  expect([...names.matchAll(/"(\w+)"/g)].map(([, name]) => name)).toEqual(CHANGED_BASES);
});
