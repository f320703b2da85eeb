import { FORM_FIELDS } from "~/limits";

/** The body of a form that has no more fields than are taken. */
export interface FormBody {
  bytes: Buffer<ArrayBuffer>;
  /** Whether there were more: then the body ends behind the last one that is taken. */
  isCut: boolean;
}

const AMPERSAND = 0x26;

/**
 * Cuts the body of a form that has too many fields, before it is taken apart: a field costs far more than the
 * few bytes that it takes to send. What stands behind the cut may be overwritten.
 */
export function cutForm(bytes: Buffer<ArrayBuffer>, contentType: string): FormBody {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary ? cutParts(bytes, `--${boundary}`) : cutFields(bytes);
}

function cutFields(bytes: Buffer<ArrayBuffer>): FormBody {
  let end = -1;
  for (let fields = 0; fields < FORM_FIELDS; fields++) {
    end = bytes.indexOf(AMPERSAND, end + 1);
    if (end === -1) return { bytes, isCut: false };
  }
  return { bytes: bytes.subarray(0, end), isCut: true };
}

/** Each part stands behind a delimiter, and behind the last one there is another. */
function cutParts(bytes: Buffer<ArrayBuffer>, delimiter: string): FormBody {
  let end = 0;
  for (let delimiters = 0; delimiters <= FORM_FIELDS; delimiters++) {
    const at = bytes.indexOf(delimiter, end);
    if (at === -1) return { bytes, isCut: false };
    end = at + delimiter.length;
  }
  const isLast = bytes.indexOf(delimiter, end) === -1;
  if (isLast) return { bytes, isCut: false };
  return { bytes: bytes.subarray(0, end + bytes.write("--\r\n", end)), isCut: true };
}
