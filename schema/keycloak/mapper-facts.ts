interface Mapper {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, string | readonly string[]>>;
}

/** What puts something into tokens, or onto people, with its settings. One statement a line. */
export function mapperFacts(owner: string, { name, type, config }: Mapper): readonly string[] {
  const mapper = `${owner}, mapper ${name}`;
  return [
    `${mapper} (${type})`,
    ...Object.entries(config).map(([key, value]) => `${mapper}, ${key} = ${[value].flat().join(', ')}`),
  ];
}
