import { parser } from '@prometheus-io/lezer-promql';

/** A label that a selector asks for, as `reason=~"a|b"`. */
interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What of the figures an expression reads. */
export interface Expression {
  /** Pieces that Prometheus' own grammar does not know; none where the expression is right. */
  readonly errors: readonly string[];
  readonly selectors: readonly { readonly name: string; readonly matchers: readonly Matcher[] }[];
  /** Labels that it groups or joins by, in any place. */
  readonly grouping: readonly string[];
}

/** Reads a PromQL expression with the grammar of Prometheus' own editor. */
export function readExpression(text: string): Expression {
  const errors: string[] = [];
  const grouping: string[] = [];
  const selectors: { name: string; matchers: Matcher[] }[] = [];
  let isGrouping = false;
  parser.parse(text).iterate({
    enter({ name, type, from, to }) {
      const piece = text.slice(from, to);
      if (type.isError) errors.push(`${text.slice(0, from)}▶${text.slice(from)}`);
      if (name === 'VectorSelector') selectors.push({ name: '', matchers: [] });
      if (name === 'GroupingLabels') isGrouping = true;
      if (name === 'LabelName' && isGrouping) grouping.push(piece);
      const last = selectors.at(-1);
      if (name === 'Identifier' && last?.name === '') last.name = piece;
      if (name === 'UnquotedLabelMatcher') last?.matchers.push(matcherOf(piece));
    },
    leave({ name }) {
      if (name === 'GroupingLabels') isGrouping = false;
    },
  });
  return { errors, selectors, grouping };
}

function matcherOf(text: string): Matcher {
  const {
    label = '',
    operator = '',
    value = '',
  } = /^(?<label>\w+)\s*(?<operator>=~|!~|!=|=)\s*"(?<value>.*)"$/su.exec(text)?.groups ?? {};
  return { label, operator, value };
}
