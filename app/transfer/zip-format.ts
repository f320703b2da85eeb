/** Of the zip format (APPNOTE 6.3) what both reading and writing need. */
export const SIGNATURES = {
  entry: 0x04034b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;

/** Lengths of the fixed parts of its records, in bytes. */
export const LENGTHS = { entry: 30, directory: 46, end: 22, end64: 56, locator64: 20 } as const;

/** A number that stands in another field, of 64 bits. */
export const ELSEWHERE = 0xffffffff;
export const ELSEWHERE_16 = 0xffff;

export const STORED = 0;
export const DEFLATED = 8;

/** The field that holds numbers of 64 bits. */
export const FIELD_64 = 1;
