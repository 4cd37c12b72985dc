"""The three functions as the Python original had them: qrcode and Pillow draw, boto3 stores.

No proof, no limits, no check that the image can be read: what `cargo xtask bench lambda` compares with.
"""

import base64
import io
import json
import os

import boto3
import qrcode

s3 = boto3.client("s3")
BUCKET = os.environ["BUCKET"]


def key(event):
    return f"images/{event['deviceId']}/{event['filename']}.png"


def generate(event, context):
    event = parsed(event)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(event["text"])
    code.make(fit=True)
    png = io.BytesIO()
    code.make_image(fill_color="black", back_color="white").save(png, format="PNG")
    png = png.getvalue()
    s3.put_object(Bucket=BUCKET, Key=key(event), Body=png, ContentType="image/png")
    return {"statusCode": 200, "body": {"filename": event["filename"], "base64": encoded(png)}}


def retrieve(event, context):
    event = parsed(event)
    png = s3.get_object(Bucket=BUCKET, Key=key(event))["Body"].read()
    return {"statusCode": 200, "body": {"filename": event["filename"], "base64": encoded(png)}}


def delete(event, context):
    event = parsed(event)
    s3.delete_object(Bucket=BUCKET, Key=key(event))
    return {"statusCode": 200, "body": {"deleted": True}}


def encoded(png):
    return base64.b64encode(png).decode()


def parsed(event):
    # AWS marks an event as JSON, and the client parses it then; emulators may not.
    return json.loads(event) if isinstance(event, bytes) else event
