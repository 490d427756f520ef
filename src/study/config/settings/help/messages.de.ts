/** What every setting means, in German. */
import type { SETTING_HELP } from './messages.ts';

export const settingHelp: typeof SETTING_HELP = {
  help: {
    rank: 'Breite r der Faktoren A und B. Ein höherer Rang kann größere Änderungen ausdrücken und braucht mehr Speicher.',
    alpha: 'Stärke α des Updates: B·A wird mit α/r multipliziert; bei α = r bleibt es, wie es ist.',
    rslora: 'Rangstabilisiertes LoRA: skaliert mit α/√r statt α/r; dadurch lernen hohe Ränge nicht langsamer.',
    projections:
      'Welche linearen Abbildungen einer Schicht einen Adapter bekommen: Query, Key, Value und Ausgabe der Attention und die zwei Abbildungen des MLP.',
    towers:
      'Welcher Encoder angepasst wird. Ist es nur der Bild-Encoder, werden die Prompts der Klassen einmal kodiert und bleiben fest.',
    lr: 'Größte Schrittweite von AdamW. Ist sie zu groß, divergiert das Training, ist sie zu klein, kommt es nicht rechtzeitig ans Ziel.',
    'weight-decay': 'Zieht die Faktoren in jedem Schritt, in dem sie aktiv sind, gegen null.',
    p0: 'Aktivierungswahrscheinlichkeit im ersten Schritt. Die Abbildungen des Papers beginnen bei 0, sein Code bei 0,1.',
    ramp: 'Anteil der Schritte, über den p steigt (oder der Dropout fällt); danach ist CopRA einfaches LoRA, „Progressive dropout“ behält seinen letzten Anteil.',
    'ramp-slope':
      'Wie viel später die Rampe einer tieferen Schicht endet: Bei 0 enden alle zugleich, bei 0,5 endet die der letzten Schicht nach dem Anderthalbfachen des Anteils, spätestens mit dem letzten Schritt. Negativ: früher.',
    schedule:
      'Form, in der die Aktivierungswahrscheinlichkeit von p₀ auf 1 steigt oder der Eingangs-Dropout auf seinen letzten Anteil fällt. Bei „konstant“ ändert sich nichts, bis die Rampe endet: eine Kontrolle, die ausschaltet wie CopRA, aber ohne Rampe.',
    granularity: 'Was zusammen schaltet: alle angepassten Projektionen einer Schicht oder jede Projektion für sich.',
    keep: 'Wahrscheinlichkeit, mit der eine Schicht aktiv ist, in jedem Schritt dieselbe. Bei Stochastic Depth ist es die der letzten Schicht.',
    dropout:
      'Anteil der Eingaben von A, der im Training zufällig auf null gesetzt wird. Bei „Progressive dropout“ ist es der Anteil nach der Rampe.',
    'dropout-start':
      'Anteil der Eingaben von A, der im ersten Schritt auf null gesetzt wird; er fällt entlang der Rampe auf den Eingangs-Dropout.',
    rescale:
      'Solange eine Schicht im Training aktiv ist, wird ihr Zweig durch die Wahrscheinlichkeit dafür geteilt, sodass der Mittelwert über alle Masken der ganze Zweig ist. Die Papers tun das nicht; ohne es schießen Schichten, die in kleinen Gruppen trainiert wurden, über das Ziel hinaus, wenn alle an sind.',
    'rate-by-activity':
      'Die Lernrate eines Schritts wird durch den Anteil der Schichten geteilt, der in ihm im Mittel aktiv ist, mindestens durch ein Zehntel: Was seltener trainiert, macht größere Schritte.',
    loraplus:
      'Um diesen Faktor ist die Lernrate von B größer als die von A. 1 ist einfaches LoRA; LoRA+ (Hayou et al., 2024) empfiehlt 16 als Ausgangswert.',
    dora: 'Jede angepasste Abbildung lernt auch, wie lang ihre Zeilen sind; B·A ändert dann nur deren Richtungen (Liu et al., 2024). Ihre Updates haben keinen niedrigen Rang; was Updates mergt, interpoliert oder beschneidet, lässt einen solchen Arm deshalb aus.',
    sam: 'Sharpness-Aware Minimization (Foret et al., 2021): Jeder Schritt nimmt den Gradienten nicht am Adapter, sondern an dem Adapter, der um ρ entlang seines Gradienten verschoben ist, dessen Länge über alle A und B des Laufs geht. Es sucht flache Minima; 0 schaltet es aus. Seine Schritte brauchen zwei Durchläufe und etwa doppelt so lange.',
    take: 'Welcher Adapter des Trainings für den Lauf steht und getestet und analysiert wird. Alle außer dem letzten sind Kontrollen: Sie stellen einer Methode eine einfachere Änderung gegenüber. Bei weiteren Aufgaben wird ebenso gewählt, bei föderierten Runden der letzte Adapter.',
    'average-share':
      'Über diesen Anteil aller Schritte, vom letzten an gezählt, wird gemittelt: die Faktoren A und B jedes Schritts oder von 20 in gleichen Abständen (LAWA; Kaddour, 2022).',
    steps:
      'Optimierungsschritte jedes Laufs. CopRA trainiert anfangs weniger Adapter je Schritt und braucht genug Schritte, um aufzuholen: Unter etwa 1.000 zeigen sich seine Wirkungen weniger deutlich.',
    shots:
      'Trainiert mit so vielen Bildern jeder Klasse statt mit allen. Alle Seeds und Arme einer Studie trainieren mit denselben.',
    draw: 'Welche Bilder die wenigen sind: Eine andere Zahl zieht andere. Intervalle gelten über Seeds und Testbilder. Ob ein Befund auch für andere Trainingsbilder gilt, zeigen andere Ziehungen, wie in der Karte „Andere Trainingsbilder“.',
    batch: 'Bilder je Schritt, für alle Arme eines Seeds dieselben.',
    'rate-schedule':
      'Wie sich die Lernrate ändert: Kosinus fällt bis zum letzten Schritt auf null; konstant bleibt beim Höchstwert.',
    warmup: 'Schritte, über die die Lernrate von null ansteigt.',
    augment: 'Zufällige Drehung, Größe, Verschiebung und Farbe der Trainingsbilder; Testbilder werden nie verändert.',
    'validate-every':
      'Schritte zwischen zwei Punkten der Genauigkeitskurve. Ein Lauf hat mindestens sechs Punkte: Ist dies mehr als ein Sechstel seiner Schritte, gilt ein Sechstel.',
    'test-images':
      'Obergrenze der Testbilder für alles, was getestet wird, auch die Genauigkeit jedes Laufs; Shapley-Werte nehmen weniger. Weniger Bilder gehen schneller und streuen mehr.',
    snapshots:
      'Wie viele Adapter eines Laufs aufbewahrt werden, in gleichen Abständen vom ersten bis zum trainierten. Ebene und Abstände zeigen den Weg zwischen ihnen.',
    landscape: 'Genauigkeit und Loss zwischen den Adaptern aller Paare von Seeds.',
    'landscape-points': 'Punkte jedes Pfads in gleichen Abständen, seine beiden Enden eingeschlossen.',
    'landscape-paths': 'Was interpoliert wird: die Faktoren A und B oder die Updates B·A.',
    'landscape-alignments':
      'Der Faktorpfad auch dann, wenn die Faktoren des zweiten Seeds vorher denen des ersten angenähert wurden: gedreht und durch das beste invertierbare P. Die Updates bleiben, wie sie sind.',
    'landscape-train-images':
      'Alle Pfade auch auf den ersten Trainingsbildern, ohne Augmentierung. Barrieren dort unterscheiden eine Lücke der Generalisierung von einer der Optimierung.',
    'along-training':
      'Jeder Lauf, getestet bei Schritten seines Trainings, mit allem und mit jeder zweiten Schicht an, dazu der Faktorpfad zwischen je zwei Seeds.',
    'along-training-steps':
      'Wie viele Adapter eines Laufs getestet werden, der trainierte eingeschlossen. Früh im Training liegen sie enger beieinander.',
    'along-training-points':
      'Punkte jedes Pfads bei jedem Schritt, seine beiden Enden eingeschlossen. Bei 3 wird die Barriere nur in der Mitte gemessen.',
    timing:
      'Wie lange ein Schritt jedes Laufs für sich dauert. In der Studie trainieren alle Läufe zusammen, ihre Zeiten lassen sich dort nicht trennen; deshalb werden einige Schritte wiederholt, ein Lauf nach dem anderen.',
    'timing-steps':
      'Wie viele Schritte jedes Laufs gemessen werden, aus der Mitte gleich großer Teile seines Trainings. Jeder wird fünfmal gerechnet, und die kürzeste Zeit zählt.',
    plane: 'Genauigkeit und Loss auf der Ebene durch drei Adapter eines Arms oder durch zwei und das Backbone.',
    'plane-points': 'Das Raster ist ein Quadrat: Doppelt so viele Punkte je Seite dauern viermal so lange.',
    geometry:
      'Abstände und Winkel zwischen den Adaptern aller Läufe, als Faktoren und als Updates, und ein Bild davon (t-SNE).',
    spectra:
      'Singulärwerte jedes Updates ΔW: wie viele Richtungen es sich teilen, wie viele davon dem eingefrorenen Gewicht neu sind und wie weit die Faktoren zweier Seeds von einer Drehung ineinander entfernt sind.',
    'spectra-directions':
      'Wie viele führende Singulärrichtungen von W + ΔW mit denen von W verglichen werden. 0 lässt es aus: Dafür muss ein eingefrorenes Gewicht zerlegt werden, was bei Backbones der Breite 768 Sekunden je Projektion dauert.',
    'spectra-threshold':
      'Eine Richtung ist ein Eindringling, wenn ihr Kosinus mit jeder Singulärrichtung von W kleiner ist. Das Paper (Shuttleworth et al., 2024) nimmt 0,5.',
    sharpness:
      'Loss und Genauigkeit, wenn jedes A und B zufällig um einen Anteil seiner eigenen Länge verschoben wird, für alle Läufe in dieselben Richtungen.',
    'sharpness-radii': 'Längen der Störungen, als Anteile der Länge jedes A und jedes B.',
    'sharpness-directions': 'Wie viele zufällige Richtungen probiert werden; die Abbildung zeigt ihr Mittel.',
    'sharpness-train-images': 'Dasselbe auf den ersten Trainingsbildern, ohne Augmentierung; 0 lässt sie aus.',
    shapley: 'Was jede Schicht beiträgt, gemessen durch Ausprobieren von Koalitionen aus Schichten.',
    'shapley-images': 'Testbilder, nach denen Koalitionen beurteilt werden. Der Aufwand wächst im gleichen Verhältnis.',
    'shapley-estimator':
      'Exakte Werte probieren alle 2ⁿ Koalitionen von n Spielern, bis zu 16 und 12 eines Encoders; die anderen probieren einige Koalitionen und nennen den Fehler, der daraus folgt. Bei mehr Spielern tritt „ungerade Ordnung 3“ an die Stelle von „exakt“.',
    'shapley-permutations': 'Mehr Reihenfolgen, kleinerer Fehler: Er fällt mit der Wurzel.',
    'shapley-evaluations':
      'Wie viele Koalitionen jede Schätzung aus Stichproben auswerten darf. Mehr Koalitionen, kleinerer Fehler.',
    'shapley-players':
      'Wer an- und ausgeschaltet wird: ganze Schichten oder jede angepasste Projektion jeder Schicht. Projektionen sind meist zu viele für exakte Werte.',
    'shapley-evolution':
      'Analysiert auch die Adapter, wie sie nach dem ersten und dem zweiten Drittel der Schritte sind: dreimal so viel Arbeit.',
    'shapley-seeds': 'Wie viele Läufe jedes Arms analysiert werden; die übrigen werden ausgelassen.',
    pruning: 'Genauigkeit mit ausgeschalteten Schichten und mit auf null gesetzten Gewichten.',
    sparsities:
      'Die kleinsten Gewichte werden bis zu jedem dieser Anteile auf null gesetzt; ohne Anteile werden nur Schichten ausgeschaltet.',
    'pruning-scopes':
      'Unter welchen Gewichten die kleinsten gesucht werden: unter allen Einträgen von A und B zusammen, unter denen des Updates B·A oder in jedem Tensor für sich.',
    'random-masks':
      'Masken, die Schichten zufällig ausschalten, für jede Anzahl von Schichten, die eine Rangfolge ausschaltet.',
    domains:
      'Genauigkeit auf Domänen, auf denen kein Lauf trainiert wurde, neben der des Backbones allein: was das Training dort bringt und was es kostet.',
    'test-domains':
      'Die Klassen der Aufgabe, umgewandelt oder in einem anderen Stil gezeichnet; von mitgelieferten Aufgaben nur Begriffe, auf denen nicht trainiert wird, von eigenen Bildern die umgewandelten Testbilder. Zurückgehaltene Domänen eigener Bilder und hinzugefügte Datensätze (unter Aufgabe) werden außerdem getestet. Die Domäne der Aufgabe selbst wird immer mitgetestet.',
    'domain-images':
      'Wie viele Testbilder jeder anderen Domäne höchstens benutzt werden. Auf der Domäne der Aufgabe selbst sind es alle getesteten Bilder.',
    'domain-paths': 'Die Pfade zwischen zwei Seeds, entlang derer die Domänen getestet werden.',
    'domain-points': 'Adapter auf jedem Pfad, beide Enden eingeschlossen.',
    'domain-orders':
      'Zufällige Reihenfolgen, in denen die Schichten eingeschaltet werden; ein Viertel, die Hälfte und drei Viertel von ihnen werden getestet. Jede zweite Reihenfolge ist die Umkehrung der vorigen.',
    'domain-scales':
      'Jeder Lauf wird auch mit seinem Update mal s getestet, bei so vielen gleichmäßig verteilten s zwischen 0 (dem Backbone) und 1 (dem Lauf): Gewichtsinterpolation (WiSE-FT), die kein Training kostet. Damit werden Arme bei gleicher Genauigkeit auf der Aufgabe verglichen. 0: keine. Läufe mit DoRA bleiben außen vor.',
    merging:
      'Alle Seeds eines Arms zu einem Adapter gemergt, auf jede verfügbare Art, im Vergleich mit einzelnen Läufen und einem Ensemble.',
    'merging-factors':
      'Probiert von den Methoden, die das gemergte Update skalieren: 1 ist das Mittel der Läufe, K die Summe von K Läufen.',
    'merging-density':
      'Der Anteil der Einträge, den TIES, DARE und das Mergen nach Betrag behalten. Die veröffentlichten Werte liegen zwischen 0,1 und 0,5.',
    federated:
      'Die Arme noch einmal trainiert, von Clients mit eigenen Bildern, deren Adapter Runde für Runde aggregiert werden.',
    'federated-clients': 'Teile, in die die Trainingsbilder aufgeteilt werden.',
    'federated-rounds': 'Wie oft der Server aus den Adaptern der Clients einen macht.',
    'federated-steps':
      'Schritte jedes Clients zwischen zwei Runden; Batchgröße und Augmentierung sind die des Trainings. Wenn Runden × lokale Schritte den Schritten des Trainings gleichen, ist die Abbildung mit dem gewöhnlichen Lauf vergleichbar.',
    'federated-partition':
      'Welcher Client welche Bilder hat: zufällige Teile jeder Klasse oder eigene Zeichenstile. Die Stile eigener Bilder sind nicht bekannt.',
    'federated-alpha': 'Konzentration der Dirichlet-Verteilung: 0,1 ist sehr ungleich, 100 fast gleich.',
    'federated-rules': 'Wie der Server aggregiert; jede Regel wird für sich trainiert.',
    'federated-participation': 'Anteil der Clients, die an einer Runde teilnehmen, jedes Mal neu gezogen.',
    'federated-seeds': 'Wie viele Seeds der Studie föderiert trainiert werden, vom ersten an.',
    'many-tasks':
      'Die Arme werden auch auf weiteren Aufgaben trainiert, ein Adapter je Aufgabe; diese werden zu einem gemergt und auf allen Aufgaben getestet.',
    'merged-tasks':
      'Vier mitgelieferte Aufgaben: Tiere, Essen, Reisen und Gegenstände; gehört die Aufgabe der Studie dazu, dienen deren eigene Läufe. Oder die Klassen der gewählten Aufgabe, auch eigener Bilder, in Teile zerlegt: nach dem, was vor einem Schrägstrich steht, wenn jede Klasse „Teil/Klasse“ heißt, sonst in Gruppen von Nachbarn.',
    'task-parts':
      'In wie viele Aufgaben die Klassen zerlegt werden, mit je mindestens zwei Klassen. Namen der Form „Teil/Klasse“ bestimmen es selbst.',
  },
  meanings: {
    take: {
      last: 'Wie er nach dem letzten Schritt ist.',
      average: 'Das Mittel von A und von B über die letzten Schritte (SWA, LAWA).',
      updates:
        'Wie er ist, sobald er so viele Updates seiner A und B hatte wie der erste Arm einer anderen Methode mit demselben Seed insgesamt. Der Verlauf der Lernrate bleibt der aller Schritte.',
      loss: 'Wie er beim ersten von 32 gleich verteilten Schritten ist, bei dem sein Trainings-Loss höchstens so groß ist wie der, mit dem der erste Arm einer anderen Methode für denselben Seed endet; ein Loss ist das Mittel über ein Zwanzigstel der Schritte. Der letzte, wenn das nie so ist.',
    },
    'shapley-estimator': {
      exact: 'Jede Koalition; bis zu 16 Spieler, 12 eines Encoders.',
      odd: 'Regression auf Paaren mit allen Tripeln: der genaueste unter denen mit Stichproben.',
      kernel: 'Regression auf Paaren komplementärer Koalitionen.',
      owen: 'Jede Schicht, umgeschaltet in Koalitionen zufälliger Größe, wie in der Begründung der Papers.',
      permutation: 'Zufällige Reihenfolgen, in denen die Schichten dazukommen, und deren Umkehrungen.',
    },
    'shapley-players': {
      layer: 'Alle Projektionen einer Schicht zusammen.',
      module: 'q, k, v, … jeder Schicht für sich: eine Heatmap.',
    },
  },
  exact: (rule) => `${rule} Exakt.`,
  notExact: (rule) => `${rule} Nicht exakt.`,
};
