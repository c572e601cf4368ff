/** Ids stand in cursors, logs and messages: no control characters, no lone surrogates, no novels. */
export const isName = (id: string): boolean => id.length > 0 && id.length <= 200 && !/\p{Cc}|\p{Cs}/u.test(id);
