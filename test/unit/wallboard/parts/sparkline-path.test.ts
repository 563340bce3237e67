import { describe, expect, it } from 'vitest';
import { sparklinePaths } from '../../../../src/wallboard/parts/sparkline-path.js';

const BOX = { width: 100, height: 10 };
const paths = (...samples: readonly (readonly [number, number | null])[]) =>
  sparklinePaths(
    samples.map(([at, value]) => ({ at, value })),
    0,
    100,
    BOX,
  );

describe('the paths of a sparkline', () => {
  it('are steps that hold until the next value and end at the right edge', () => {
    expect(paths([0, 0], [50, 2], [80, 1])).toEqual({
      line: 'M0 10H50V0H80V5H100',
      area: 'M0 10H50V0H80V5H100V10H0Z',
    });
  });

  it('begin with what held at the left edge', () => {
    expect(paths([-30, 1], [40, 0])?.line).toBe('M0 0H40V10H100');
  });

  it('have gaps where nothing was measured', () => {
    expect(paths([0, 1], [20, null], [40, null], [60, 1])).toEqual({
      line: 'M0 0H20M60 0H100',
      area: 'M0 0H20V10H0ZM60 0H100V10H60Z',
    });
  });

  it.each([
    ['nothing', []],
    ['only gaps', [[0, null] as const]],
  ])('are none of %s', (_, samples) => {
    expect(paths(...samples)).toBeUndefined();
  });
});
