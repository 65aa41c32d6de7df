/** ISO 639-1 and the code of the EU's language table, which is ISO 639-3 in capitals, as one word each. */
const pairs = (
  'aaAAR abABK aeAVE afAFR akAKA amAMH anARG arARA asASM avAVA ayAYM azAZE baBAK beBEL bgBUL biBIS bmBAM ' +
  'bnBEN boBOD brBRE bsBOS caCAT ceCHE chCHA coCOS crCRE csCES cuCHU cvCHV cyCYM daDAN deDEU dvDIV dzDZO ' +
  'eeEWE elELL enENG eoEPO esSPA etEST euEUS faFAS ffFUL fiFIN fjFIJ foFAO frFRA fyFRY gaGLE gdGLA glGLG ' +
  'gnGRN guGUJ gvGLV haHAU heHEB hiHIN hoHMO hrHRV htHAT huHUN hyHYE hzHER iaINA idIND ieILE igIBO iiIII ' +
  'ikIPK ioIDO isISL itITA iuIKU jaJPN jvJAV kaKAT kgKON kiKIK kjKUA kkKAZ klKAL kmKHM knKAN koKOR krKAU ' +
  'ksKAS kuKUR kvKOM kwCOR kyKIR laLAT lbLTZ lgLUG liLIM lnLIN loLAO ltLIT luLUB lvLAV mgMLG mhMAH miMRI ' +
  'mkMKD mlMAL mnMON mrMAR msMSA mtMLT myMYA naNAU nbNOB ndNDE neNEP ngNDO nlNLD nnNNO noNOR nrNBL nvNAV ' +
  'nyNYA ocOCI ojOJI omORM orORI osOSS paPAN piPLI plPOL psPUS ptPOR quQUE rmROH rnRUN roRON ruRUS rwKIN ' +
  'saSAN scSRD sdSND seSME sgSAG shHBS siSIN skSLK slSLV smSMO snSNA soSOM sqSQI srSRP ssSSW stSOT suSUN ' +
  'svSWE swSWA taTAM teTEL tgTGK thTHA tiTIR tkTUK tlTGL tnTSN toTON trTUR tsTSO ttTAT twTWI tyTAH ugUIG ' +
  'ukUKR urURD uzUZB veVEN viVIE voVOL waWLN woWOL xhXHO yiYID yoYOR zaZHA zhZHO zuZUL'
).split(' ')

/** The code of the EU's language table for two letters. */
export const authorityLanguageOf: ReadonlyMap<string, string> = new Map(
  pairs.map((pair) => [pair.slice(0, 2), pair.slice(2)]),
)

/** Two letters for a code of the EU's language table. */
export const isoLanguageOf: ReadonlyMap<string, string> = new Map(
  pairs.map((pair) => [pair.slice(2), pair.slice(0, 2)]),
)
