/** A broad (two digits), narrow (three) or detailed (four) field. Spec: ISCED-F 2013. */
export const isIscedField = (code: string): boolean => /^(0\d|10|99)\d{0,2}$/.test(code)

/** An area (01 to 16) and, behind a dot, a part of it. Spec: Erasmus subject area codes. */
export const isErasmusSubjectArea = (code: string): boolean => /^(0[1-9]|1[0-6])(\.\d)?$/.test(code)

/** Spec: European Qualifications Framework, levels 1 to 8. */
export const isEqfLevel = (value: string): boolean => /^[1-8]$/.test(value)
