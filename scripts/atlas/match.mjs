/**
 * Matches icons of a set to concepts.
 *
 * A concept is one emoji of emojibase-data outside the group "component" (skin tones, hair) that is not a regional indicator; skin-tone variants
 * are not separate concepts. Sets that map code points to icon names are matched by that map; the others by the slug of the concept's label, as
 * in their own icon names.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const COMPONENT = 'component';

/** @param {string} packages the node_modules folder */
export function readConcepts(packages) {
  const emoji = readJson(packages, 'emojibase-data/en/data.json');
  const meta = readJson(packages, 'emojibase-data/meta/groups.json');
  const groups = Object.values(meta.groups).filter((name) => name !== COMPONENT);
  const subgroups = [];
  const concepts = [];
  for (const { label, tags = [], hexcode, group, subgroup } of emoji) {
    if (group === undefined || meta.groups[group] === COMPONENT) continue;
    const name = meta.subgroups[subgroup];
    if (!subgroups.includes(name)) subgroups.push(name);
    concepts.push({
      name: label,
      hexcode,
      tags,
      group: groups.indexOf(meta.groups[group]),
      subgroup: subgroups.indexOf(name),
    });
  }
  return { groups, subgroups, concepts };
}

/**
 * SVG documents of one icon set, 48 × 48 pixels, by concept.
 *
 * @param {string} packages the node_modules folder
 * @param {string} style the set, e.g. "noto"
 * @param {readonly { name: string, hexcode: string }[]} concepts
 * @param {number} pixels width and height of the drawing
 * @returns {{ concept: number, svg: string }[]} in the order of the concepts
 */
export function iconsOf(packages, style, concepts, pixels) {
  const set = readJson(packages, `@iconify-json/${style}/icons.json`);
  const nameOf = iconNames(packages, style);
  const found = [];
  concepts.forEach((concept, index) => {
    const name = nameOf(concept);
    const icon = set.icons[set.aliases?.[name]?.parent ?? name];
    if (icon) found.push({ concept: index, svg: svgOf(set, icon, pixels) });
  });
  return found;
}

function iconNames(packages, style) {
  const codes = Object.entries(readJson(packages, `@iconify-json/${style}/chars.json`));
  if (codes.length === 0) return (concept) => slug(concept.name);
  const byCode = new Map(codes.map(([code, name]) => [bare(code), name]));
  return (concept) => byCode.get(bare(concept.hexcode));
}

/** Code points without the emoji variation selector, which sets include inconsistently. */
function bare(hexcode) {
  return hexcode
    .toLowerCase()
    .split('-')
    .filter((code) => code !== 'fe0f')
    .join('-');
}

/** "man’s shoe" → "mans-shoe", "UP! button" → "up-button", "Åland & co" → "aland-and-co". */
function slug(label) {
  return label
    .normalize('NFD')
    .replace(/[\u0300-\u036f’'“”.!(),:]/g, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function svgOf(set, icon, pixels) {
  const width = icon.width ?? set.width;
  const height = icon.height ?? set.height;
  const namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  const box = `${icon.left ?? 0} ${icon.top ?? 0} ${width} ${height}`;
  return `<svg ${namespaces} width="${pixels}" height="${pixels}" viewBox="${box}">${icon.body}</svg>`;
}

function readJson(packages, file) {
  return JSON.parse(readFileSync(path.join(packages, file), 'utf8'));
}
