/** What is wrong with the files of a data set. What begins in lower case is a clause: why something is left out. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { compactSigned, integer } from '../../core/number-format.ts';
import { FILE_WORDS } from '../files/messages.ts';

const HOW = 'Drop a folder that holds one folder of images per class.';

export const FORMAT_WORDS = catalogue('dataFormats', {
  firstImages: (count: number) => `Only the first ${counted(count, 'image')} are looked at.`,
  firstRows: (count: number) => `Only the first ${counted(count, 'row')} are looked at.`,
  /** @param said what stands there instead of a split; empty if nothing does */
  noSplit: (rows: number, path: string, column: string, said: string) =>
    `${counted(rows, 'row')} of “${path}” ${rows === 1 ? 'is' : 'are'} taken for training: the column “${column}” ${said === '' ? 'says no split there' : `says ${said} there, which is no known split`}.`,
  /** Of a column that is called like one of splits, or asks for one. */
  noSplits: (path: string, column: string) =>
    `The column “${column}” of “${path}” is not read as one of splits: most of what stands in it does not look like them.`,
  cutOff: (path: string, said: number, there: number) =>
    `“${path}” is cut off: it says ${counted(said, 'image')} and holds ${counted(there, 'image')}.`,
  endsWithinIt: 'the file ends within it',
  stretched: (path: string, low: number, high: number) =>
    `The values of some images of “${path}” lie in ${compactSigned(low)} … ${compactSigned(high)}; this range was stretched to 0 … 255.`,
  /** Of images that are rows of numbers. @param planar all of red, then all of green, all of blue */
  flatColours: (path: string, planar: boolean) =>
    `“${path}” holds colour images as rows of numbers. They are read ${planar ? 'colour by colour' : 'pixel by pixel'}, which makes the smoother pictures.`,
  otherSize: (used: string) => `“${used}” is used, and these may be the same images in another size`,
  arrays: {
    guessed: (name: string) =>
      `No array is called like labels. What is in “${name}” counts as the classes; if that is wrong, choose another array where the classes are chosen.`,
    otherShape: 'the shape is that of neither images nor labels',
    notImages: 'the shape is not that of images',
    noLabels: 'no array of labels has as many entries',
    elsewhere: (labels: string) =>
      `“${labels}” has as many entries, but lies in another folder or belongs to another split`,
    none: 'The arrays hold no images with labels: images are N × height × width (× channels), labels are N numbers, and their names say train or test if there are several.',
    npzInArchive: 'an npz inside of an archive is not read, drop it by itself',
  },
  npy: {
    none: 'it is no npy file',
    cutOff: 'it is cut off',
    headerLong: 'its header is damaged or too long',
    records: 'its header is damaged, or it holds records instead of plain numbers',
    pickled: 'it holds pickled Python objects; save it as numbers or text',
    type: (type: string) => `values of type “${type}” are not read`,
    shapeDamaged: 'its shape is damaged',
    fortran: 'it is in Fortran order; save it with numpy.ascontiguousarray',
  },
  cifar: {
    size: (path: string, bytes: number) =>
      `“${path}” is cut off or no CIFAR file: its size is not a multiple of ${bytes} bytes.`,
    readUpTo: (path: string, image: number, why: string) =>
      `“${path}” could be read up to image ${image} only: ${why}.`,
    strange: (labels: number, path: string) =>
      `${counted(labels, 'label')} in “${path}” ${labels === 1 ? 'names' : 'name'} no class of CIFAR.`,
    none: 'The CIFAR files hold no images.',
  },
  idx: {
    noLabels: 'no file of labels belongs to it',
    /** Several data sets side by side. */
    families: (used: string, others: string) =>
      `There are several data sets here, with classes of their own. “${used}” is used; choose another one where the classes are chosen: ${others}.`,
    fewerLabels: (path: string, images: number, labels: number) =>
      `“${path}” has ${counted(images, 'image')} but only ${counted(labels, 'label')}; the rest is left out.`,
    none: 'The IDX files hold no images with labels. Drop the image file and the label file together.',
    damaged: 'it is no IDX file or damaged',
    notBytes: 'its values are not bytes',
    size: (width: number, height: number, channels: number) =>
      `images of ${width} × ${height} pixels with ${counted(channels, 'channel')} are not read`,
    notWhole: 'its labels are not whole numbers',
  },
  folders: {
    noImages: `There are no images in what was dropped. ${HOW}`,
    noClasses: `The images lie in no class folders, so their classes are unknown. ${HOW}`,
    outside: 'outside of a class folder',
    besideSplits: 'beside the folders of the splits, and in none of them',
    noneInside: 'no images in it',
    /** Of two levels of folders: what the other one holds. */
    domains: (count: number, some: string) => `${counted(count, 'domain')}: ${some}.`,
    hostile: 'a path must not be absolute, contain “..” or control characters',
    hidden: 'a folder is hidden whose name begins with a dot',
    empty: 'the file is empty',
    notImages: () => `not ${FILE_WORDS.imageKinds}`,
  },
  parquet: {
    inArchive: 'a parquet file inside of a packed archive is not read, drop it by itself',
    tooShort: 'it is too short for a parquet file',
    directoryDamaged: 'its directory is damaged',
    directoryLarge: 'its directory is larger than 64 MB',
    directoryBeyond: 'its directory points beyond its end',
    groupLarge: 'a row group is larger than 1 GB; write the file with smaller row groups',
    pageDamaged: 'a page of it is damaged or would not fit the memory',
    pageRatio: 'a page of it would unpack to more than 250 times its size',
    firstRows: (count: number, path: string) =>
      `Only the first ${counted(count, 'row')} are looked at; “${path}” and what follows are not.`,
    noImages: 'no column of it holds images',
    none: 'The parquet files hold no images: a column of bytes, or of {bytes, path}, is needed.',
    noClasses: 'No column of the parquet files names the classes.',
    labelsDamaged: (rows: number, path: string) => `The labels of ${counted(rows, 'row')} of “${path}” are damaged.`,
    noBytes: 'its bytes are missing',
  },
  rows: {
    empty: 'it is empty',
    columns: (most: number) => `it has more than ${most} columns`,
    rowLong: 'a row is longer than 24 MB; a quotation mark may be missing',
    lineLong: 'a line is longer than 24 MB',
    noJson: 'no line of it is a JSON object',
  },
  table: {
    guessed: (column: string) =>
      `No column is called like labels. What is in “${column}” counts as the classes; if that is wrong, choose another column where the classes are chosen.`,
    /** @param columns some of those of a class each, at least two */
    guessedEach: (columns: string) =>
      `No column is called like labels. Each of the columns ${columns} counts as a class; if that is wrong, choose the column that names the classes where they are chosen.`,
    /** @param column of the table that is left out; null if none of its columns names classes */
    other: (used: string, column: string | null) =>
      `“${used}” names the classes, and ${column === null ? 'no column of it names classes' : `its column “${column}” is another`}`,
    noRow: 'every row is damaged, or has more or fewer cells than the header',
    missing: (path: string) => `the image that “${path}” names is not among the files`,
    addresses: (path: string) =>
      `“${path}” names addresses, and images behind them are not loaded; drop the images with the table`,
    several: (path: string) => `more than one image is called as “${path}” says`,
    multiple: (path: string) => `“${path}” gives the image several classes`,
    tooMany: (most: number) => `labels are read from at most ${most} tables`,
    repeated: (path: string) => `“${path}” names the image twice`,
    elsewhere: (rows: number, path: string) =>
      `${counted(rows, 'row')} of “${path}” not used: another table has labelled the image.`,
    malformed: (rows: number, path: string) =>
      `${counted(rows, 'row')} of “${path}” left out: damaged, or with more or fewer cells than the header.`,
    /** @param first number of the first such row */
    strayQuotes: (rows: number, path: string, first: number) =>
      `A quotation mark does not close in ${counted(rows, 'row')} of “${path}” (${rows === 1 ? '' : 'first in '}row ${integer(first)}). Such a row is read up to the end of its line, with its quotation marks.`,
    /** @param columns such as "is_train" */
    asked: (path: string, columns: string) =>
      `The splits of “${path}” are those that ${columns} ${columns.includes(', ') ? 'say' : 'says'}.`,
    rowGone: 'its row has gone',
    noBase64: 'its cell is no base64',
    noFile: 'it has no file',
    /** @param missing some names of images that are not here; empty if none is known */
    found: (found: number, rows: number, missing: string) =>
      `${counted(found, 'row')} of ${integer(rows)} ${found === 1 ? 'names' : 'name'} an image that is here${missing === '' ? '' : ` (not here: ${missing})`}.`,
  },
  samples: {
    /** @param name of a field, or the ending of the files */
    guessed: (name: string) =>
      `Nothing beside the images is called like labels. What is in “${name}” counts as the classes; if that is wrong, choose something else where the classes are chosen.`,
    noLabel: 'no label file of the same name',
    labelDamaged: 'damaged or without a label',
  },
});
