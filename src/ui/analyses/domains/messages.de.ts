/** The words of the figures of other domains in German. */
import { germanCount } from '../../../core/counted.ts';
import type { DOMAINS_WORDS } from './messages.ts';

const onOtherDomains = (domains: number): string =>
  domains === 1 ? 'Auf der anderen Domäne' : `Auf ${domains} anderen Domänen`;

export const domains: typeof DOMAINS_WORDS = {
  otherDomains: (count) => germanCount(count, 'andere Domäne', 'andere Domänen'),
  mostImages: (count) => `je höchstens ${germanCount(count, 'Bild', 'Bilder')}`,
  productPath: 'dem Produktpfad',
  scaling: 'der Skalierung der Updates',
  target: {
    title: 'Die Aufgabe gegen andere Domänen',
    help: {
      axes: 'Jeder Adapter wird auf der Domäne geprüft, auf der er trainiert wurde (nach rechts: besser), und auf Domänen, die er nie gesehen hat (nach oben: besser, das Mittel über sie). Gefüllte Zeichen sind Seeds mit allen Schichten, das graue Zeichen ist das Backbone ohne Adapter: Zero-Shot, oder nur der Kopf.',
      courses:
        'Links liegen hohle Zeichen zwischen keiner Schicht und allen: Die Schichten werden in zufälliger Reihenfolge eingeschaltet, für jeden Lauf in derselben, und mit einem Viertel, der Hälfte und drei Vierteln davon geprüft. Danach geht es von einem Seed bis zur Mitte zwischen zweien. Hohle Zeichen sind Mittelwerte über Seeds, Reihenfolgen und Paare.',
      scaled:
        'Update mal s: W + s·ΔW, vom Backbone (s = 0) bis zum Lauf (s = 1), ganz ohne Training (Gewichtsinterpolation, WiSE-FT). Ein Arm mit höherer Genauigkeit in der Aufgabe lässt sich herunterskalieren, bis er dort so genau ist wie ein anderer: Erst dann sagen die anderen Domänen, wer von beiden weniger vergisst.',
      domains:
        'Die anderen Domänen zeigen dieselben Klassen, in Testbildern, die verändert, in einem anderen Stil gezeichnet, vom Training zurückgehalten oder aus einem anderen Datensatz sind. Jede Domäne zählt gleich viel. Die Achsen beginnen, wo die Zeichen beginnen, nicht bei 0.',
    },
    awaited: 'Die Genauigkeit auf Domänen, auf denen kein Lauf trainiert wurde, erscheint hier nach dem Training.',
    panels: {
      layers: 'Mehr und mehr Schichten an',
      scaled: 'Update mal s',
      factor: 'Zwei Seeds, A und B gemittelt',
      product: 'Zwei Seeds, B·A gemittelt',
    },
    own: 'Domäne der Aufgabe, % (besser →)',
    others: 'auf anderen Domänen, % (besser ↑)',
    noLayer: 'keine Schicht',
    someLayers: (on, layers) => `${on} von ${germanCount(layers, 'Schicht', 'Schichten')}`,
    everyLayer: 'alle Schichten',
    reading: (whose, own, others) => `${whose}: Aufgabe ${own} %, andere ${others} %`,
    seed: (arm, seed) => `${arm}, Seed ${seed}`,
    head: ['Arm', 'Was', 'Schritt', 'Domäne der Aufgabe %', 'Andere Domänen %', 'Adapter'],
    rows: {
      layers: 'Schichten',
      scaled: 'skaliertes Update',
      factor: 'Faktorpfad',
      product: 'Produktpfad',
    },
    caption: {
      compared: (domains, verdicts) => `${onOtherDomains(domains)}: ${verdicts}`,
      levels: (domains, reached) => `${onOtherDomains(domains)}: ${reached}`,
      reached: (arms, frozen) => `${arms}, ${frozen}`,
      half: (arms, halves) => `mit ${germanCount(halves, 'festen Hälfte', 'festen Hälften')} der Schichten ${arms}`,
      own: (arms) => `auf der Domäne, auf der trainiert wurde, ${arms}`,
      equalTask: (scaled, levels, verdict) =>
        `Bei gleicher Genauigkeit in der Aufgabe${scaled ? ` (${scaled})` : ''} auf anderen Domänen ${levels}: ${verdict}.`,
      scaledBy: (arm, s) => `${arm} mal ${s}`,
      apart: (arms) =>
        `${arms} sind bei gleicher Genauigkeit in der Aufgabe nicht vergleichbar: In manchem Seed lässt sich der bessere nicht auf den anderen herunterskalieren.`,
      pictures: (pictures) =>
        `${germanCount(pictures, 'verschiedenes Bild', 'verschiedene Bilder')} in anderen Domänen`,
      over: (seeds, images, pictures, motifs) => {
        const ofMotifs = motifs === null ? '' : ` von ${germanCount(motifs, 'Motiv', 'Motiven')}`;
        return pictures < images
          ? `${seeds}, ${germanCount(images, 'Testbild', 'Testbilder')} aus anderen Domänen: ${germanCount(pictures, 'verschiedenes Bild', 'verschiedene Bilder')}${ofMotifs}`
          : `${seeds}, ${germanCount(images, 'Testbild', 'Testbilder')}${ofMotifs} aus anderen Domänen`;
      },
    },
  },
  kept: {
    title: 'Was vom Backbone bleibt',
    help: {
      difference:
        'Die Genauigkeit mit allen Schichten minus die des Backbones (Zero-Shot, oder nur der Kopf), Domäne für Domäne. Links von 0 hat das Training etwas gekostet, was das Backbone konnte: Es hat vergessen. Rechts von 0 hilft auf einer Domäne, was auf einer anderen gelernt wurde.',
      intervals:
        'Linien sind 95-%-Intervalle: über andere Seeds und andere Bilder, sofern die Antworten auf einzelne Bilder bekannt sind.',
    },
    awaited: 'Was das Training auf jeder anderen Domäne kostet und bringt, erscheint hier nach dem Training.',
    meanOfThese: 'Mittel davon',
    trainedOn: 'Trainiert auf',
    difference: 'Genauigkeit minus die des Backbones, Punkte (besser →)',
    differenceShort: 'Differenz, Punkte (besser →)',
    interval: (mean, low, high) => `${mean} (${low} bis ${high})`,
    reading: (domain, arm, interval) => `${domain}, ${arm}: ${interval} Punkte`,
    head: (frozen) => ['Domäne', 'Bilder', `${frozen} %`],
    armHead: (arm, frozen) => [`${arm} %`, `${arm} − ${frozen} (95-%-Intervall)`],
    caption: {
      changed: (name, points, isLoss, isFirst) =>
        `${name} ${isLoss ? 'verliert' : 'gewinnt'} ${points}${isFirst ? ' Punkte' : ''}`,
      against: (arms) => `Gegenüber dem Backbone, über die anderen Domänen: ${arms}`,
      lower: (domains) => `deutlich niedriger: ${domains}`,
      higher: (domains) => `deutlich höher: ${domains}`,
      none: 'nirgends',
    },
    message: {
      tooFew: 'Auf anderen Domänen sind es zu wenige Seeds, um zu sagen, was das Training ändert.',
      below: (names, count) => `${names} ${count > 1 ? 'liegen' : 'liegt'} unter dem Backbone`,
      above: (names, count) => `${names} ${count > 1 ? 'liegen' : 'liegt'} über dem Backbone`,
      unclear: (names, count) =>
        `${names} ${count > 1 ? 'unterscheiden' : 'unterscheidet'} sich nicht deutlich vom Backbone`,
      whole: (parts) => `Auf anderen Domänen: ${parts}.`,
    },
  },
};
