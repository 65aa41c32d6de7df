/**
 * The 197 country codes that ELMO 1.x allows in `citizenship` and in `country` of an issuer.
 *
 * A list frozen about 2010: AX, FO, HK, MO, SS, TW, XK and others cannot be said. GB and GR, not UK and EL.
 */
export const countryCodes: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN ' +
    'CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GL GM GN GQ GR GT GW GY HN HR ' +
    'HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ' +
    'ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NU NZ OM PA PE PG PH PK PL PR PS PT PW PY ' +
    'QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US ' +
    'UY UZ VA VC VE VN VU WS YE ZA ZM ZW'
  ).split(' '),
)
