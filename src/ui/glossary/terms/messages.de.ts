/** The words that the page uses and does not explain where they stand, in German, with the forms in which sentences have them. */
import type { GLOSSARY } from './messages.ts';

export const glossary: typeof GLOSSARY = {
  adapter: {
    name: 'Adapter',
    forms: 'adapter, adapters, adaptern',
    text: 'Was das Training dem eingefrorenen Modell hinzufügt: zwei schmale Matrizen A und B in jeder angepassten Schicht.',
  },
  arm: {
    name: 'Arm',
    forms: 'arm, arms, arme, armen',
    text: 'Eine Art zu trainieren in einer Studie, etwa LoRA oder CopRA. Alle Arme sehen dieselben Bilder in derselben Reihenfolge.',
  },
  backbone: {
    name: 'Backbone',
    forms: 'backbone, backbones',
    text: 'Das eingefrorene Modell, zu dem Adapter hinzukommen. Allein ist es der Ausgangspunkt: Nichts wurde an diesen Bildern trainiert.',
  },
  barrier: {
    name: 'Barriere',
    forms: 'barriere, barrieren',
    text: 'Wie weit die Genauigkeit unter die gerade Linie zwischen zwei Adaptern fällt, während der eine in den anderen übergeht. Bei 0 lassen sie sich ohne Verlust mitteln.',
  },
  chance: {
    name: 'Zufall',
    forms: 'zufall, zufalls, raten',
    text: 'Die Genauigkeit beim Raten: eins geteilt durch die Zahl der Klassen.',
  },
  chord: {
    name: 'Sehne',
    forms: 'sehne, sehnen',
    text: 'Die gerade Linie zwischen den Genauigkeiten zweier Adapter: wo eine Mischung läge, wenn nichts verloren ginge.',
  },
  coalition: {
    name: 'Koalition',
    forms: 'koalition, koalitionen',
    text: 'Eine Gruppe von Schichten, die zusammen an sind, während alle anderen aus sind.',
  },
  credit: {
    name: 'Beitrag',
    forms: 'beitrag, beitrags, beiträge, beiträgen',
    text: 'Was eine Schicht zur Genauigkeit beiträgt: ihr Shapley-Wert.',
  },
  deltaW: {
    name: 'ΔW',
    forms: 'ΔW',
    text: 'Das Update einer Schicht: B·A, was ihr Adapter zu den eingefrorenen Gewichten addiert.',
  },
  dirichlet: {
    name: 'Dirichlet',
    forms: 'dirichlet, dirichlet-verteilung',
    text: 'Eine zufällige Art, Bilder auf Clients zu verteilen. Je kleiner α, desto ungleicher die Anteile.',
  },
  domain: {
    name: 'Domäne',
    forms: 'domäne, domänen',
    text: 'Ein Aussehen von Bildern, etwa Foto-Negative oder ein anderer Zeichenstil.',
  },
  rank: {
    name: 'Effektiver Rang',
    forms: 'effektiver rang, effektive rang, effektiven rang, effektiven rangs',
    text: 'In wie vielen Richtungen ein Update eine Schicht verändert, gezählt nach ihrer Stärke.',
  },
  ensemble: {
    name: 'Ensemble',
    forms: 'ensemble, ensembles',
    text: 'Mehrere Läufe antworten gemeinsam, und ihre Antworten werden gemittelt. Nichts wird gemergt, es kostet also so viel wie alle zusammen.',
  },
  factorPath: {
    name: 'Faktorpfad',
    forms: 'faktorpfad, faktorpfads, faktorpfade',
    text: 'Von einem Adapter zum anderen, indem A in A und B in B übergeht, wie beim Mergen von LoRA-Dateien.',
  },
  gain: {
    name: 'Behaltener Gewinn',
    forms: 'behaltener gewinn, behaltene gewinn, behaltenen gewinn, behaltenen gewinns, gewinn, gewinns, gewinne',
    text: 'Der Gewinn ist, was das Training zur Genauigkeit des Backbones hinzufügt. Behalten ist der Teil davon, der bleibt, wenn Schichten aus oder Adapter gemittelt sind.',
  },
  interval: {
    name: '95-%-Intervall',
    forms: '95-%-intervall, 95-%-intervalls, 95-%-intervalle',
    text: 'Ein Bereich, so gebildet, dass er in 95 von 100 solchen Studien den wahren Wert enthält. Enthält das Intervall einer Differenz die 0, ist nicht klar, ob es einen Unterschied gibt. Bilder eines Motivs zählen zusammen.',
  },
  midpoint: {
    name: 'Mitte',
    forms: 'mitte, auf halbem weg',
    text: 'Das Mittel zweier Adapter: auf halbem Weg vom einen zum anderen.',
  },
  motif: {
    name: 'Motiv',
    forms: 'motiv, motivs, motive, motiven',
    text: 'Was ein Bild zeigt. Ein Emoji in mehreren Stilen ist ein Motiv, und eigene Bilder, die fast gleich aussehen, sind es auch.',
  },
  nats: {
    name: 'Nats',
    forms: 'nats',
    text: 'Die Einheit des Loss: wie überrascht das Modell von der richtigen Antwort ist. Niedriger ist besser.',
  },
  norm: {
    name: '‖ΔW‖',
    forms: '‖ΔW‖',
    text: 'Wie groß ein Update ist: die Länge aller seiner Einträge zusammen.',
  },
  points: {
    name: 'Punkte',
    forms: 'punkte, punkten',
    text: 'Prozentpunkte: Von 60 % bis 63 % sind es 3 Punkte.',
  },
  productPath: {
    name: 'Produktpfad',
    forms: 'produktpfad, produktpfads, produktpfade',
    text: 'Von einem Adapter zum anderen, indem ihre Updates B·A ineinander übergehen.',
  },
  samplingError: {
    name: 'Stichprobenfehler',
    forms: 'stichprobenfehler, stichprobenfehlers, stichprobenfehlern',
    text: 'Wie sehr sich eine Genauigkeit von selbst änderte, wenn andere Testbilder gezogen worden wären. Bilder eines Motivs sind nicht unabhängig und sagen deshalb weniger als ebenso viele andere.',
  },
  seed: {
    name: 'Seed',
    forms: 'seed, seeds, seed-paar, seed-paare, seed-paaren',
    text: 'Die Zahl, die allen Zufall eines Laufs festlegt: Anfangswerte, Reihenfolge der Bilder, welche Schichten aus sind. Läufe mit anderen Seeds trainieren mit denselben Bildern und zeigen, wie viel Glück ist.',
  },
  shapley: {
    name: 'Shapley-Wert',
    forms: 'shapley-wert, shapley-werts, shapley-werte, shapley-werten',
    text: 'Ein gerechter Anteil jeder Schicht an der Genauigkeit: was sie zu den Schichten beiträgt, die vor ihr dazukamen, gemittelt über alle Reihenfolgen.',
  },
  stableRank: {
    name: 'Stabiler Rang',
    forms: 'stabiler rang, stabile rang, stabilen rang, stabilen rangs',
    text: 'Die quadrierte Länge eines Updates, geteilt durch das Quadrat seines größten Singulärwerts: So viele Richtungen, jede so stark wie die stärkste, ergäben es.',
  },
  deviation: {
    name: 'Standardabweichung',
    forms: 'standardabweichung, standardabweichungen',
    text: 'Wie weit einzelne Werte gewöhnlich von ihrem Mittel entfernt sind.',
  },
  standardError: {
    name: 'Standardfehler',
    forms: 'standardfehler, standardfehlers, standardfehlern',
    text: 'Wie weit ein Mittel gewöhnlich vom wahren entfernt ist.',
  },
  validation: {
    name: 'Validierung',
    forms: 'validierung',
    text: 'Prüfen an Bildern, mit denen weder trainiert noch am Ende getestet wird.',
  },
  zeroShot: {
    name: 'Zero-Shot',
    forms: 'zero-shot, zero-shot-genauigkeit',
    text: 'Das Backbone ohne Training: Es vergleicht Bilder mit den Namen der Klassen.',
  },
};
