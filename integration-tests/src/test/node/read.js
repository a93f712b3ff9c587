'use strict';

// Prints the first records of a topic as JSON lines: node read.js <broker> <registry> <topic> <count>

const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

async function main([broker, registryUrl, topic, count]) {
  const kafka = new Kafka({ clientId: 'outside', brokers: [broker], logLevel: logLevel.NOTHING });
  const registry = new SchemaRegistry({ host: registryUrl });
  const consumer = kafka.consumer({ groupId: `outside-${process.pid}-${topic}` });
  let left = Number(count);

  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer
      .run({
        eachMessage: async ({ message }) => {
          if (left <= 0) {
            return;
          }
          const value = await registry.decode(message.value);
          console.log(JSON.stringify({ key: message.key.toString(), timestamp: message.timestamp, value }));
          if (--left === 0) {
            resolve();
          }
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
}

main(process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
