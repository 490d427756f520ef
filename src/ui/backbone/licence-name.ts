/** The words in SPDX names that are no abbreviations. */
const WORDS: Readonly<Record<string, string>> = { apache: 'Apache', clause: 'Clause' };

/** Families of licences that a hub names by their SPDX names in lower case. */
const SPDX = /^(?:mit|isc|apache|bsd|cc0?|a?gpl|lgpl|mpl|afl|ecl|epl|eupl)(?:-|$)/;

/** "Apache-2.0" of "apache-2.0". What is no SPDX name stays. */
export const licenceName = (id: string): string =>
  SPDX.test(id)
    ? id
        .split('-')
        .map((word) => WORDS[word] ?? word.toUpperCase())
        .join('-')
    : id;
