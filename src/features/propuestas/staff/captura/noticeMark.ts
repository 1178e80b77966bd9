import type { Notice } from '@/domain/rows'

/** How a sheet names the version of the notice that is printed on it, and how whoever captures it finds it again. */
export const noticeMark = ({ version, hash }: Pick<Notice, 'version' | 'hash'>): string =>
  `${version} · ${hash.slice(0, 8).toUpperCase()}`
