/** Runs a task again and again until it is stopped; it never keeps the process alive. */
export type Every = (milliseconds: number, task: () => unknown) => () => void;

export const every: Every = (milliseconds, task) => {
  const timer = setInterval(task, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};
