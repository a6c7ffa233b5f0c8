// What is used of a package that comes without types.
declare module 'myanmar-tools' {
  export interface ZawgyiDetector {
    /** 0 to 1; -Infinity or NaN where the text holds no Burmese. */
    getZawgyiProbability(text: string): number;
  }
  export interface ZawgyiConverter {
    zawgyiToUnicode(text: string): string;
  }
  const tools: { ZawgyiDetector: new () => ZawgyiDetector; ZawgyiConverter: new () => ZawgyiConverter };
  export default tools;
}
