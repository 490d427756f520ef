/** What the ways of merging are called and do, in German. */
import type { MERGING_METHOD_WORDS } from './messages.ts';

export const mergingMethods: typeof MERGING_METHOD_WORDS = {
  factors: {
    name: 'Mittel von A und B',
    description: 'Die Faktoren werden jeder für sich gemittelt: lineares Mergen, der Faktorpfad der Landschaft.',
  },
  updates: {
    name: 'Mittel der Updates',
    description: 'Σ w·ΔW exakt, der Produktpfad; in PEFT „cat“. Der Rang ist die Summe der Ränge.',
  },
  'task-arithmetic': {
    name: 'Task arithmetic',
    description: 'λ · Σ w·ΔW: das Mittel der Updates mal einem Faktor (Ilharco u. a. 2023).',
  },
  svd: {
    name: 'Mittel, dann SVD',
    description: 'Das Mittel der Updates, mit seinen größten Singulärwerten auf den Rang der Quellen gebracht.',
  },
  'quotient-mean': {
    name: 'Mittel bis auf Drehung',
    description:
      'Ausgeglichene Faktoren, auf ihr eigenes Mittel gedreht, bis es bleibt: das Mittel der Adapter, wie auch immer sie in A und B geteilt sind (vgl. da Silva u. a. 2026).',
  },
  'lora-lego': {
    name: 'LoRA-LEGO',
    description:
      'Spalten von B mit ihren Zeilen von A, über alle Adapter nach Ähnlichkeit gruppiert, ein Mittel je Gruppe (Zhao u. a. 2025).',
  },
  magnitude: {
    name: 'Größte Einträge',
    description: 'Die kleinen Einträge jedes ΔW werden auf null gesetzt, dann werden die Updates gemittelt.',
  },
  ties: {
    name: 'TIES',
    description:
      'Kleine Einträge jedes ΔW gekürzt, je Eintrag ein Vorzeichen gewählt, gemittelt, was übereinstimmt (Yadav 2023).',
  },
  'dare-linear': {
    name: 'DARE',
    description: 'Einträge jedes ΔW zufällig weggelassen und der Rest vergrößert, dann gemittelt (Yu u. a. 2024).',
  },
  'dare-ties': {
    name: 'DARE + TIES',
    description: 'Einträge zufällig weggelassen und der Rest vergrößert, dann Vorzeichen gewählt wie bei TIES.',
  },
  'knots-ties': {
    name: 'KnOTS + TIES',
    description:
      'Die Updates durch eine SVD in einer gemeinsamen Basis geschrieben, in der TIES sie mergt (Stoica u. a. 2024).',
  },
  'core-ties': {
    name: 'Core Space + TIES',
    description:
      'Die Updates in den Basen geschrieben, die alle A und alle B aufspannen; dort mergt TIES sie (Panariello u. a. 2025).',
  },
  'compressed-ties': {
    name: 'Komprimiert, dann TIES',
    description:
      'Die Updates in zwei gemeinsamen Unterräumen auf den Rang eines Adapters gebracht; dort mergt TIES sie (He u. a. 2026).',
  },
  'iso-c': {
    name: 'Iso-C',
    description: 'Alle Singulärwerte des Mittels durch ihr Mittel ersetzt (Marczak u. a. 2025).',
  },
  'tsv-m': {
    name: 'TSV-M',
    description: 'Singulärvektoren aller Updates orthogonal zueinander gemacht (Gargiulo u. a. 2025).',
  },
  'model-stock': {
    name: 'Model Stock',
    description:
      'Das Mittel wird zum Backbone gezogen, umso mehr, je weniger die Updates übereinstimmen (Jang u. a. 2024).',
  },
  'peft-linear': {
    name: 'PEFT linear',
    description:
      'Was PEFTs add_weighted_adapter „linear“ nennt, mit Gewichten λ·w: √(λ·w) an A und an B, mit gemischten Termen.',
  },
  'peft-ties': {
    name: 'PEFT TIES',
    description:
      'PEFTs „ties“: kleine Einträge von A und B gekürzt, je Eintrag ein Vorzeichen gewählt, gemittelt, was übereinstimmt.',
  },
  'peft-dare-linear': {
    name: 'PEFT DARE',
    description:
      'PEFTs „dare_linear“: Einträge von A und B zufällig weggelassen und der Rest vergrößert, dann wie bei „linear“.',
  },
  'peft-dare-ties': {
    name: 'PEFT DARE + TIES',
    description:
      'PEFTs „dare_ties“: Einträge von A und B zufällig weggelassen und der Rest vergrößert, dann Vorzeichen gewählt.',
  },
  'peft-magnitude': {
    name: 'PEFT magnitude',
    description: 'PEFTs „magnitude_prune“: kleine Einträge von A und B auf null gesetzt, dann wie bei „linear“.',
  },
};
