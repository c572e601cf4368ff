/** How often the crash suites kill: 10 times in `npm test`, 100 in `npm run test:faults`. */
export const CRASHES = Number(process.env.XINQIAO_CRASHES ?? 10);
