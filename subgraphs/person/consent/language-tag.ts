const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/;

/** Is it the tag of a language, like `zh-CN` (BCP 47)? */
export function isLanguageTag(text: string): boolean {
  return LANGUAGE_TAG.test(text);
}
