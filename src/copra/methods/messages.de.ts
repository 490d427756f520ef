/** What the methods do, in German. */
import type { METHOD_WORDS } from './messages.ts';

export const methods: typeof METHOD_WORDS = {
  lora: 'Low-Rank Adaptation, der Vergleichsmaßstab: Die vortrainierten Gewichte bleiben eingefroren, und jede angepasste Matrix lernt ein kleines Update B·A. In jedem Schritt werden alle Schichten trainiert.',
  copra:
    'Fortschreitendes LoRA: In jedem Schritt ist der Adapter jeder Schicht mit einer Wahrscheinlichkeit aktiv, die über den ersten Teil des Trainings von p0 auf 1 steigt; eine inaktive Schicht fällt auf ihre eingefrorenen Gewichte zurück und lernt in diesem Schritt nicht. Die Schichten müssen deshalb in vielen Kombinationen etwas leisten, wie Spieler eines kooperativen Spiels. Der letzte Teil des Trainings ist einfaches LoRA.',
  layerDrop:
    'Zufälliges Auslassen von Schichten ohne Rampe: Der Adapter jeder Schicht ist vom ersten bis zum letzten Schritt mit derselben Wahrscheinlichkeit aktiv. Das trennt, was das Auslassen bewirkt, von dem, was CopRAs Fortschreiten hinzufügt. Beim Testen wird nichts mit dieser Wahrscheinlichkeit skaliert, mit allen Schichten an addieren sich also mehr als in fast jedem Schritt des Trainings.',
  stochasticDepth:
    'Schichten des Adapters werden mit einer Wahrscheinlichkeit ausgelassen, die mit der Tiefe wächst und vom ersten bis zum letzten Schritt gleich bleibt: Von L Schichten ist die l-te mit der Wahrscheinlichkeit 1 − (l/L)·(1 − p) aktiv, wobei p die der letzten ist (die lineare Regel von Huang et al., 2016, auf Adapter angewandt; wie die Autoren von CoTo ihre gewählt haben, ist nicht veröffentlicht). Anders als dort werden die Schichten beim Testen nicht mit ihrer Wahrscheinlichkeit skaliert.',
  loraDropout:
    'LoRA, dessen erste Projektion A Eingaben sieht, von denen ein zufälliger Anteil auf null gesetzt ist: die übliche Art, einen Adapter zu regularisieren. In jedem Schritt wird jede Schicht trainiert.',
  progressiveDropout:
    'CopRAs Fortschreiten, auf einzelne Eingaben statt auf Schichten angewandt: Der Anteil der Eingaben von A, der auf null gesetzt wird, fällt über den ersten Teil des Trainings von einem hohen Anfangswert auf seinen Endwert. Das trennt, was das Fortschreiten bewirkt, von dem, was das Auslassen ganzer Schichten bewirkt. CoTo vergleicht die Endwerte 0 und 0,25; der Anfangswert 0,9 ist eine Wahl dieses Projekts.',
};
