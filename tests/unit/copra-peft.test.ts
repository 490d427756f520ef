import { expect, it } from 'vitest';
import { copraPeft } from '../../src/share/python/peft-file.ts';

it('copra_peft.py holds the laws that there are; npx vitest run unit/copra-peft -u writes them', async () => {
  await expect(copraPeft()).toMatchFileSnapshot('../../python/copra_peft.py');
});
