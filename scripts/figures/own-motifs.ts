/** What pages say of results of earlier versions, which do not know the motifs of their test images. */
export const OWN_MOTIFS = 'each test image counts as its own motif, though several show one';

/** Where that is explained. */
export const ON_MOTIFS = '([statistics.md](statistics.md#images-of-one-motif))';

/** The same of intervals alone, as a sentence behind others. */
export const ownMotifsSentence = (what: string): string =>
  ` ${what} is of an earlier version, in which ${OWN_MOTIFS}: what images add to its intervals is too small ${ON_MOTIFS}.`;
