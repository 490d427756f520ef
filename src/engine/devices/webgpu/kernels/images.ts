/**
 * Training images → patches. A pixel is one word, red in its lowest byte, then green, then blue; an image of the training set is its border
 * colour followed by its pixels. An element is a pixel; every pixel is read and written once (augmentation reads four).
 */
import { FRACTION_BITS } from '../../../../model/resize.ts';
import { AUGMENTATION_VALUES } from '../../../engine.ts';
import { defineKernel, kernelOf, type KernelSource } from '../kernel.ts';
import { eachElement, inForm, USUAL_ELEMENTS, type ElementForm } from './elements.ts';

const PIXELS = `
fn channels(word: u32) -> vec3<u32> { return vec3(word, word >> 8u, word >> 16u) & vec3(255u); }
fn packed(rgb: vec3<u32>) -> u32 { return rgb.x | (rgb.y << 8u) | (rgb.z << 16u); }`;

interface ImageKernel extends Pick<KernelSource, 'fields' | 'tensors'> {
  /** Functions that each pixel needs. */
  readonly functions: string;
  /** What is done for pixel i. */
  readonly each: string;
}

const imageKernel = (name: string, form: ElementForm, { fields, tensors, functions, each }: ImageKernel) =>
  kernelOf(`${name}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [['count', 'u32'], ...fields],
      tensors,
      body: `${functions}${eachElement(each, form)}`,
    }),
  );

/** result [n, size²] = the images that `index` names. */
export const selectImagesKernel = (form: ElementForm = USUAL_ELEMENTS) =>
  imageKernel('select images', form, {
    fields: [
      ['size', 'u32'],
      ['index', 'u32'],
    ],
    tensors: [
      { name: 'images', access: 'read', element: 'u32' },
      { name: 'result', access: 'read_write', element: 'u32' },
    ],
    functions: '',
    each: `
  let area = p.size * p.size;
  let image = i / area;
  result[i] = images[constants[p.index + image] * (area + 1u) + 1u + i % area];`,
  });

/**
 * The same, augmented as `DrawnImages` says: bilinear samples of a frame of the border colour, one pixel wide at the left and top and two
 * elsewhere; positions beyond it are moved onto it. float32, so that now and then a value is rounded to the other side than on the CPU.
 */
export const augmentImagesKernel = (form: ElementForm = USUAL_ELEMENTS) =>
  imageKernel('augment images', form, {
    fields: [
      ['size', 'u32'],
      ['index', 'u32'],
      ['augmentation', 'u32'],
    ],
    tensors: [
      { name: 'images', access: 'read', element: 'u32' },
      { name: 'result', access: 'read_write', element: 'u32' },
    ],
    functions: `${PIXELS}
fn texel(first: u32, x: i32, y: i32) -> vec3<f32> {
  let size = i32(p.size);
  let inside = x >= 0 && x < size && y >= 0 && y < size;
  return vec3<f32>(channels(images[select(first, first + 1u + u32(y * size + x), inside)]));
}
fn value(at: u32) -> f32 { return bitcast<f32>(constants[at]); }
`,
    each: `
  let area = p.size * p.size;
  let image = i / area;
  let first = constants[p.index + image] * (area + 1u);
  let at = p.augmentation + image * ${AUGMENTATION_VALUES}u;
  let turn = vec2(value(at), value(at + 1u));
  let centre = 0.5 * (f32(p.size) - 1.0);
  let d = vec2(f32(i % p.size), f32(i % area / p.size)) - centre - vec2(value(at + 2u), value(at + 3u));
  let source = vec2(turn.x * d.x + turn.y * d.y, turn.x * d.y - turn.y * d.x) + centre + 1.0;
  let place = clamp(source, vec2(0.0), vec2(f32(p.size) + 1.0));
  let corner = floor(place);
  let f = place - corner;
  let x = i32(corner.x) - 1;
  let y = i32(corner.y) - 1;
  let upper = mix(texel(first, x, y), texel(first, x + 1, y), f.x);
  let lower = mix(texel(first, x, y + 1), texel(first, x + 1, y + 1), f.x);
  var rgb = mix(upper, lower, f.y) * vec3(value(at + 4u), value(at + 5u), value(at + 6u));
  if (value(at + 7u) > 0.5) { rgb = vec3(dot(rgb, vec3(0.299, 0.587, 0.114))); }
  result[i] = packed(vec3<u32>(min(rgb + 0.5, vec3(255.0))));`,
  });

/**
 * Resizes one axis as model/resize.ts does, to the bit: source [outer, before, inner] → result [outer, after, inner]. taps [after, 2 + stride] =
 * (first source pixel, pixels, fixed-point weights).
 */
export const resizeImagesKernel = (form: ElementForm = USUAL_ELEMENTS) =>
  imageKernel('resize images', form, {
    fields: [
      ['before', 'u32'],
      ['after', 'u32'],
      ['inner', 'u32'],
      ['stride', 'u32'],
    ],
    tensors: [
      { name: 'source', access: 'read', element: 'u32' },
      { name: 'taps', access: 'read', element: 'u32' },
      { name: 'result', access: 'read_write', element: 'u32' },
    ],
    functions: PIXELS,
    each: `
  let column = i % p.inner;
  let tap = i / p.inner % p.after * p.stride;
  let first = i / p.inner / p.after * p.before + taps[tap];
  var sum = vec3(${1 << (FRACTION_BITS - 1)});
  for (var k = 0u; k < taps[tap + 1u]; k++) {
    sum += vec3<i32>(channels(source[(first + k) * p.inner + column])) * bitcast<i32>(taps[tap + 2u + k]);
  }
  result[i] = packed(vec3<u32>(clamp(sum >> vec3(${FRACTION_BITS}u), vec3(0), vec3(255))));`,
  });

/** result [n, patches, 3, patch²] = normalised values, looked up in table [3, 256]. */
export const patchifyKernel = (form: ElementForm = USUAL_ELEMENTS) =>
  imageKernel('patchify', form, {
    fields: [
      ['side', 'u32'],
      ['patchSize', 'u32'],
    ],
    tensors: [
      { name: 'source', access: 'read', element: 'u32' },
      { name: 'table', access: 'read', element: 'f32' },
      { name: 'result', access: 'read_write', element: 'f32' },
    ],
    functions: PIXELS,
    each: `
  let area = p.patchSize * p.patchSize;
  let patchIndex = i / area; // among those of all images
  let inside = i % area;
  let image = patchIndex / (p.side * p.side);
  let y = patchIndex / p.side % p.side * p.patchSize + inside / p.patchSize;
  let x = patchIndex % p.side * p.patchSize + inside % p.patchSize;
  let size = p.side * p.patchSize;
  let rgb = channels(source[(image * size + y) * size + x]);
  let at = patchIndex * 3u * area + inside;
  result[at] = table[rgb.x];
  result[at + area] = table[256u + rgb.y];
  result[at + 2u * area] = table[512u + rgb.z];`,
  });
