import type { PRESET_DESCRIPTIONS } from './messages.ts';

export const presetDescriptions: typeof PRESET_DESCRIPTIONS = {
  'ablations-few-shots':
    'Worauf kommt es bei CopRA an, und wie stehen andere Methoden da? Siebzehn Arme mit 64 Bildern je Klasse, je vier Seeds, 1.000 Schritte: Vergleichsmethoden, rsLoRA, LoRA+ und DoRA und CopRA in jeder Einstellung, die seine Papers variieren.',
  ablations: 'Dieselbe Frage mit allen Bildern: die siebzehn Arme, je sechs Seeds, 500 Schritte.',
  controls:
    'Könnte etwas Einfacheres es erklären? LoRA über seine letzten Schritte gemittelt, bei CopRAs Zahl von Updates oder Trainings-Loss angehalten, auf flache Minima trainiert oder mit durchweg gleicher Ausfallrate der Schichten, neben LoRA und CopRA unter den Bedingungen weniger Bilder, je sechs Seeds.',
  'federated-few-shots':
    'Und wenn die Bilder auf fünf Geräten mit ungleichen Anteilen der Klassen bleiben? LoRA und CopRA mit 64 Bildern je Klasse, sechs Seeds, 15 Runden, zwei Arten zu mitteln.',
  federated: 'Dieselbe Frage mit allen Bildern: sechs Seeds, 15 Runden, in denen alle fünf Geräte trainieren.',
  'few-shots':
    'Was bringt CopRA, wenn es wenige Bilder gibt? 64 Bilder je Klasse, hundertmal gesehen, Adapter in beiden Encodern, je sechs Seeds. CLIP-LoRA, auf dem CoTo aufbaut, hat 1 bis 16 je Klasse; das CopRA-Paper nennt keine Zahl.',
  full: 'Und wenn es viele gibt? Alle Bilder, Adapter im Bild-Encoder, je sechs Seeds, 2.000 Schritte: ein Fall, in dem CopRA nicht überall hilft.',
  'geometry-few-shots':
    'Enden die Seeds von „Wenige Bilder“ nah beieinander? Drei Seeds, 64 Bilder je Klasse, 2.000 Schritte: Pfade mit angeglichenen Faktoren, die Ebene durch drei Adapter, alle Adapter als Punkte.',
  geometry: 'Dieselbe Frage mit allen Bildern: je drei Seeds, 600 Schritte.',
  'learning-rates-few-shots':
    'Hängt der Vergleich von der Lernrate ab? LoRA und CopRA bei fünf Lernraten mit 64 Bildern je Klasse, je sechs Seeds, 1.000 Schritte: 60 Läufe.',
  'learning-rates': 'Dieselbe Frage mit allen Bildern: fünf Lernraten, je sechs Seeds, 400 Schritte: 60 Läufe.',
  'many-tasks-few-shots':
    'Kann ein Adapter vier Aufgaben? LoRA und CopRA trainieren für jede einen, mit 64 Bildern je Klasse, je sechs Seeds, 1.000 Schritte; dann werden die vier gemergt.',
  'many-tasks':
    'Dieselbe Frage mit allen Bildern: je sechs Seeds, 300 Schritte. Ein Ersatz für MTL15 aus dem Paper, dessen Aufgaben nicht veröffentlicht sind.',
  'merge-few-shots':
    'Welche Art, Adapter zu mergen, ist die beste? Die sechs Seeds von „Wenige Bilder“, 64 Bilder je Klasse und 2.000 Schritte, auf jede Art gemergt.',
  merge: 'Dieselbe Frage mit allen Bildern: je sechs Seeds, 600 Schritte.',
  quick:
    'Die erste Studie, um selbst eine laufen zu lassen: LoRA und CopRA, je zwei Seeds, 600 Schritte, mit der Landschaft zwischen Seeds, Shapley-Werten und Pruning.',
  why: 'Was ändert das Training mit abgeschalteten Schichten im Inneren? Je drei Seeds mit 64 Bildern je Klasse, 600 Schritte: wie sich Updates auf Richtungen verteilen, wie flach die Minima sind, was beide Arme unterwegs wert sind und wie lange ihre Schritte dauern.',
  'sixteen-shots':
    'Stimmt CoTos Tabelle r3 unter ihren eigenen Bedingungen? 16 Bilder je Klasse, jedes so oft gesehen wie dort, Adapter vom Rang 2 in beiden Encodern, sechs Seeds, 1.500 Schritte: ihre vier Vergleichsmethoden, dazu CopRA ohne seine Rampe und auch ohne sein letztes Viertel einfaches LoRA.',
  'schedule-search':
    'Gibt es eine Art zu trainieren, die so genau ist wie LoRA und so viel behält wie CopRA? Viele zwischen beiden werden immer länger erprobt. Nichts läuft.',
  'regime-map':
    'Bei welchen Lernraten und wie vielen Bildern liegt CopRA vorn? LoRA und CopRA in beiden Encodern, vier Seeds, 600 Schritte, bei je vier davon: 16 Studien.',
  draws:
    'Findet „Wenige Bilder“ bei anderen Trainingsbildern dasselbe? Alle seine Seeds trainieren mit einer Ziehung davon; hier sind vier andere, jede eine eigene Studie: 64 Bilder je Klasse, sechs Seeds, 2.000 Schritte.',
};
