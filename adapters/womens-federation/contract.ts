/** What every source of the women's federation must do, the fake and the drop folder. Test support. */
import { expect, test } from '@jest/globals';
import { describeDepartmentSource, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { WomensFederationSource } from './port.ts';

const ROWS = {
  familySupportOf: {
    kind: 'text',
    kindText: 'text',
    from: 'date',
    to: 'date',
    sessions: 'number',
    status: ['ACTIVE', 'COMPLETED', 'STOPPED', null],
    organisation: 'text',
  },
  rightsCasesOf: {
    kind: 'text',
    kindText: 'text',
    stage: ['ACCEPTED', 'INVESTIGATING', 'MEDIATING', 'TRANSFERRED', 'LITIGATION', 'CLOSED', null],
    acceptedOn: 'date',
    closedOn: 'date',
    protectionOrder: 'flag',
    organisation: 'text',
    sealed: 'flag',
  },
  hotlineContactsOf: { date: 'date', topic: 'text', topicText: 'text', disposition: 'text' },
} as const satisfies RowShapes<WomensFederationSource>;

interface WomensFederationUnderTest extends SourceUnderTest<WomensFederationSource> {
  /** Somebody with a sealed case. */
  readonly sealed: string;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;

export function describeWomensFederationSource(name: string, start: () => Promise<WomensFederationUnderTest>): void {
  const own = (it: () => WomensFederationUnderTest) => {
    test('every row has a whole date and the words of the department', async () => {
      const { source, knownIds } = it();
      const support = (await source.familySupportOf(knownIds)).rows.flatMap((own) => own ?? []);
      const cases = (await source.rightsCasesOf(knownIds)).rows.flatMap((own) => own ?? []);
      const contacts = (await source.hotlineContactsOf(knownIds)).rows.flatMap((own) => own ?? []);
      const dates = [...support.map((row) => row.from), ...cases.map((row) => row.acceptedOn)];
      for (const date of [...dates, ...contacts.map((row) => row.date)]) expect(date).toMatch(ISO_DATE);
      const words = [...support, ...cases].map((row) => row.kindText);
      for (const word of [...words, ...contacts.map((row) => row.topicText)]) expect(word).toMatch(/\S/);
    });

    test('a sealed case is marked as sealed', async () => {
      const [cases] = (await it().source.rightsCasesOf([it().sealed])).rows;
      expect(cases?.some(({ sealed }) => sealed)).toBe(true);
    });

    test('since leaves out what is older', async () => {
      const { source, knownIds } = it();
      const { rows: all } = await source.hotlineContactsOf(knownIds);
      const dates = all.flatMap((own) => own ?? []).map(({ date }) => date);
      const since = dates.toSorted().at(-1) ?? '';
      const { rows: newest } = await source.hotlineContactsOf(knownIds, { since });
      expect(newest).toEqual(all.map((own) => own?.filter(({ date }) => date >= since) ?? null));
      const { rows: none } = await source.hotlineContactsOf(knownIds, { since: '9999-01-01' });
      expect(none).toEqual(all.map((own) => own && []));
    });
  };
  describeDepartmentSource(name, { rows: ROWS, own }, start);
}
