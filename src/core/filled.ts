/** A template with @@KEY@@ replaced by the value of that name. @param as what every value goes through */
export const filled = (
  template: string,
  values: Readonly<Record<string, string>>,
  as: (value: string) => string = (value) => value,
): string => template.replace(/@@([A-Z]+)@@/g, (_, key: string) => as(values[key]));
