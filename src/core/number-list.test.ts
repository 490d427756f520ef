import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from './language/catalogue.ts';
import { numberListText, parseNumberList } from './number-list.ts';

const number = fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true }));

describe('a list of numbers in English', () => {
  it('is separated by commas, semicolons or spaces', () => {
    expect(parseNumberList('0, 0.25,0.5 1')).toEqual([0, 0.25, 0.5, 1]);
    expect(parseNumberList('')).toEqual([]);
    expect(parseNumberList('0.5, half')).toBeNull();
  });

  it('has decimal commas between semicolons', () => expect(parseNumberList('0,5; 0,75')).toEqual([0.5, 0.75]));

  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.array(number), (values) => {
        expect(parseNumberList(numberListText(values))).toEqual(values.map((value) => value + 0));
      }),
    );
  });
});

describe('a list of numbers in German', () => {
  beforeEach(() => speak('de', () => null));
  afterEach(speakEnglish);

  it('has decimal commas', () => {
    expect(parseNumberList('0,5')).toEqual([0.5]);
    expect(parseNumberList('0,1 0,2')).toEqual([0.1, 0.2]);
    expect(parseNumberList('0,5; 0.9, 1')).toEqual([0.5, 0.9, 1]);
    expect(parseNumberList('0,5,1')).toBeNull();
  });

  it('is read as it is written', () => {
    expect(numberListText([0, 0.5])).toBe('0; 0,5');
    fc.assert(
      fc.property(fc.array(number), (values) => {
        expect(parseNumberList(numberListText(values))).toEqual(values.map((value) => value + 0));
      }),
    );
  });
});
