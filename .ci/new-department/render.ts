import type { TemplateNames } from './names.ts';

/** A block of lines between `%each category` and `%end`, or a part of a line between `%each category%` and `%end%`. */
const LINES = /^%each category\n([^]*?)^%end\n/gm;
const PART = /%each category%(.*?)%end%/g;

/** Fills in a template. Throws where it names something that there is not: a mistake in the template. */
export function render(template: string, { department, categories }: TemplateNames): string {
  const repeated = (_: string, body: string) =>
    categories.map((category) => filled(body, { ...department, ...category })).join('');
  return filled(template.replace(LINES, repeated).replace(PART, repeated), department);
}

function filled(text: string, names: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%([A-Za-z.]+)%/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`a template names %${name}%, which there is not`);
    return value;
  });
}
