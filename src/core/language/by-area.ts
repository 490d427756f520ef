/** A file of another language: each of its exports is the catalogue of the area that is called like it. */
type CatalogueFile = Readonly<Record<string, object>>;

/** @returns the texts of all files: area → texts */
export const byArea = (files: readonly CatalogueFile[]): CatalogueFile =>
  Object.fromEntries(files.flatMap((catalogues) => Object.entries(catalogues)));
