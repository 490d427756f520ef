import { describe, expect, it } from 'vitest';
import { classAsked, joinedBy } from './class-address.ts';

const INVITATION = 'AgAAMtt7AMdLq16UA5Z-x_AgAAMtt7AMdLq16UA5Z';

describe('what somebody enters to join a class', () => {
  it.each([
    'QX7B2M',
    ' qx7b2m ',
    'https://host.example/copra/?classroom=QX7B2M',
    'host:8080/?lesson=2&classroom=qx7b2m#results',
  ])('is a code: %s', (text) => expect(joinedBy(text)).toEqual({ code: 'QX7B2M' }));
  it.each([
    INVITATION,
    `${INVITATION.slice(0, 20)}\n${INVITATION.slice(20)} `,
    `https://host.example/?classroom#i1.${INVITATION}`,
  ])('is an invitation: %s', (text) => expect(joinedBy(text)).toEqual({ invitation: INVITATION }));
  it('is taken for a bad invitation where it is neither', () => {
    expect(joinedBy('https://host.example/?classroom')).toHaveProperty('invitation');
  });
});

it.each([
  ['?lesson=2&classroom=QX7B2M', '#results', 'QX7B2M'],
  ['?classroom', `#i1.${INVITATION}`, INVITATION],
  ['?classroom', '', ''],
  ['', '#results', ''],
])('the address %s%s asks for the class "%s"', (search, hash, asked) =>
  expect(classAsked({ search, hash })).toBe(asked),
);
