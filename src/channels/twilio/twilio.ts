// SMS and WhatsApp through Twilio: what it needs and what it opens. Listed in channels/index.ts, opened by app.ts.
import type { Channel, ChannelModule } from '../channel.ts';
import { createTwilioApi } from './api.ts';
import { checkTwilio } from './check.ts';
import { createTwilioChannel } from './channel.ts';
import { isLoopback } from './loopback.ts';
import { createTwilioRoutes, TWILIO_PERMISSIONS } from './routes.ts';
import { missingTwilioSettings, parseTwilioSettings, TWILIO_SETTINGS } from './settings.ts';

/** The module. Channel `sms` exists with an SMS number or a messaging service, `whatsapp` with a WhatsApp number. */
export const twilio: ChannelModule = {
  id: 'twilio',
  title: 'SMS and WhatsApp (Twilio)',

  missingSettings(env) {
    const missing = missingTwilioSettings(env);
    if (missing.length === 0) parseTwilioSettings(env);
    return missing;
  },

  settings: TWILIO_SETTINGS,
  check: (env, context) => checkTwilio(parseTwilioSettings(env), context),

  async open(env, context) {
    const settings = parseTwilioSettings(env);
    const api = createTwilioApi(settings, () => context.now());
    const channels: Channel[] = [];
    if (settings.smsFrom !== null || settings.messagingServiceSid !== null)
      channels.push(createTwilioChannel('sms', settings, api, context));
    if (settings.whatsappFrom !== null) channels.push(createTwilioChannel('whatsapp', settings, api, context));
    if (isLoopback(context.publicUrl) && !isLoopback(settings.apiUrl)) {
      context.log.warn(
        { channel: 'twilio' },
        'Twilio cannot call back: set PUBLIC_URL to the address under which the internet reaches this service.',
      );
    }
    return { channels, routes: createTwilioRoutes(settings, context), permissions: TWILIO_PERMISSIONS };
  },
};
